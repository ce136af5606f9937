/** Connections in the service's own database. */
@NullMarked
package io.benchtop.service.connection.jdbc;

import org.jspecify.annotations.NullMarked;
