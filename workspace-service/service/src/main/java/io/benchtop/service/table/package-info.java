/** Tables as rows of typed values, whatever they are kept in: their columns, samples, profiles and filters. */
@NullMarked
package io.benchtop.service.table;

import org.jspecify.annotations.NullMarked;
