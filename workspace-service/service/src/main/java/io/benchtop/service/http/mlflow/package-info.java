/** Tracking as MLflow's clients ask for it, below {@code /mlflow}: their paths, their JSON, their words for errors. */
@NullMarked
package io.benchtop.service.http.mlflow;

import org.jspecify.annotations.NullMarked;
