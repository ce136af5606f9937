/** Endpoints in a database. */
@NullMarked
package io.benchtop.service.endpoint.jdbc;

import org.jspecify.annotations.NullMarked;
