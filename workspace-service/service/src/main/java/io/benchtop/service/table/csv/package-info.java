/** Tables in files of comma separated values. */
@NullMarked
package io.benchtop.service.table.csv;

import org.jspecify.annotations.NullMarked;
