/** Tables in files of Apache Arrow. */
@NullMarked
package io.benchtop.service.table.arrow;

import org.jspecify.annotations.NullMarked;
