/** Experiments, their runs, and what was logged of them, with the meaning that MLflow gives these words. */
@NullMarked
package io.benchtop.service.experiment;

import org.jspecify.annotations.NullMarked;
