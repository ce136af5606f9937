/** The words of the Open Inference Protocol: data types, tensors, signatures, requests and what can go wrong. */
@NullMarked
package io.benchtop.modelserver.protocol;

import org.jspecify.annotations.NullMarked;
