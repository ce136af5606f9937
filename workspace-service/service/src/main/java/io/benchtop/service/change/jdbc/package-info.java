/** The change log in the database. */
@NullMarked
package io.benchtop.service.change.jdbc;

import org.jspecify.annotations.NullMarked;
