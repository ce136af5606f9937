/** Workspaces in the database. */
@NullMarked
package io.benchtop.service.workspace.jdbc;

import org.jspecify.annotations.NullMarked;
