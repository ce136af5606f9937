/** Open Inference Protocol over HTTP, on Netty. */
@NullMarked
package io.benchtop.modelserver.rest;

import org.jspecify.annotations.NullMarked;
