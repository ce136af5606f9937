/** {@code benchtop runs …}, over MLflow's REST interface. */
@NullMarked
package io.benchtop.cli.runs;

import org.jspecify.annotations.NullMarked;
