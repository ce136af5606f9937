/** Files of runs in a folder. */
@NullMarked
package io.benchtop.service.experiment.local;

import org.jspecify.annotations.NullMarked;
