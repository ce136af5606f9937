/** The second listener: calls of endpoints by gRPC. The only package that knows gRPC, and it knows no message of it. */
@NullMarked
package io.benchtop.proxy.grpc;

import org.jspecify.annotations.NullMarked;
