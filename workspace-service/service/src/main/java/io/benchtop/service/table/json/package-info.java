/** Tables in files of JSON lines. */
@NullMarked
package io.benchtop.service.table.json;

import org.jspecify.annotations.NullMarked;
