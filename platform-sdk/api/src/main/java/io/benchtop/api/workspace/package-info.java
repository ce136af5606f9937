/** Workspaces: a person's durable unit, with at most one server. */
@NullMarked
package io.benchtop.api.workspace;

import org.jspecify.annotations.NullMarked;
