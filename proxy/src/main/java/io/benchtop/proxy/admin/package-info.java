/** Metrics, and the internal port that shows them beside the health of the process. */
@NullMarked
package io.benchtop.proxy.admin;

import org.jspecify.annotations.NullMarked;
