/** A sampled record of requests and answers. */
@NullMarked
package io.benchtop.modelserver.payload;

import org.jspecify.annotations.NullMarked;
