/** Runs requests on models: versions, the queue, batches, deadlines and what is counted. Knows neither HTTP nor a runtime. */
@NullMarked
package io.benchtop.modelserver.engine;

import org.jspecify.annotations.NullMarked;
