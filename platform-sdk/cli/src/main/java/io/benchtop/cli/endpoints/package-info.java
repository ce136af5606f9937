/** {@code benchtop endpoints …}. */
@NullMarked
package io.benchtop.cli.endpoints;

import org.jspecify.annotations.NullMarked;
