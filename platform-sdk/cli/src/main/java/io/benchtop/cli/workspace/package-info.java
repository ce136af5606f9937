/** {@code benchtop ws …}: workspaces from the command line. */
@NullMarked
package io.benchtop.cli.workspace;

import org.jspecify.annotations.NullMarked;
