/** Models in a database. */
@NullMarked
package io.benchtop.service.model.jdbc;

import org.jspecify.annotations.NullMarked;
