/** The benchtop command. */
@NullMarked
package io.benchtop.cli;

import org.jspecify.annotations.NullMarked;
