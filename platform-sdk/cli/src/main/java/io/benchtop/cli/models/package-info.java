/** {@code benchtop models …}. */
@NullMarked
package io.benchtop.cli.models;

import org.jspecify.annotations.NullMarked;
