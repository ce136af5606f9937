/** Experiments and runs in the database. */
@NullMarked
package io.benchtop.service.experiment.jdbc;

import org.jspecify.annotations.NullMarked;
