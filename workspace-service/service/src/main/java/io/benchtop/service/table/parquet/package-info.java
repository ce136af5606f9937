/** Tables in files of Apache Parquet. */
@NullMarked
package io.benchtop.service.table.parquet;

import org.jspecify.annotations.NullMarked;
