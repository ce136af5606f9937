/** Models in ONNX, run by ONNX Runtime. */
@NullMarked
package io.benchtop.modelserver.onnx;

import org.jspecify.annotations.NullMarked;
