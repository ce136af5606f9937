/** The audit log in the database. */
@NullMarked
package io.benchtop.service.audit.jdbc;

import org.jspecify.annotations.NullMarked;
