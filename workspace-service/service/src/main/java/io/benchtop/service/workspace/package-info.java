/** Workspaces: what people asked for, what is the case, and the reconciler that brings both together. */
@NullMarked
package io.benchtop.service.workspace;

import org.jspecify.annotations.NullMarked;
