/** Leases in the database. */
@NullMarked
package io.benchtop.service.lease.jdbc;

import org.jspecify.annotations.NullMarked;
