/** Runs of an experiment from Java: parameters, metrics, tags and artifacts, over MLflow's REST interface. */
@NullMarked
package io.benchtop.sdk.tracking;

import org.jspecify.annotations.NullMarked;
