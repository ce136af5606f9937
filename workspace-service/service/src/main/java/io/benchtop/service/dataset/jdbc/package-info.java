/** Datasets in the database. */
@NullMarked
package io.benchtop.service.dataset.jdbc;

import org.jspecify.annotations.NullMarked;
