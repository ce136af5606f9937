/** Open Inference Protocol over gRPC. */
@NullMarked
package io.benchtop.modelserver.grpc;

import org.jspecify.annotations.NullMarked;
