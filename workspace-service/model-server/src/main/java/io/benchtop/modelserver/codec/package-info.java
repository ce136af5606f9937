/** Open Inference messages as bytes: JSON, and JSON followed by raw tensors. */
@NullMarked
package io.benchtop.modelserver.codec;

import org.jspecify.annotations.NullMarked;
