/** Tensors as models take and give them, and as the Open Inference Protocol writes them. Depends on nothing else of the SDK but errors. */
@NullMarked
package io.benchtop.sdk.tensor;

import org.jspecify.annotations.NullMarked;
