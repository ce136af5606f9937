/** Serves models over the Open Inference Protocol: one program for serving, checking and fetching them. */
@NullMarked
package io.benchtop.modelserver;

import org.jspecify.annotations.NullMarked;
