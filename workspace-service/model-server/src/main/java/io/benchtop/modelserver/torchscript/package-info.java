/** Models in TorchScript, run by DJL's PyTorch. */
@NullMarked
package io.benchtop.modelserver.torchscript;

import org.jspecify.annotations.NullMarked;
