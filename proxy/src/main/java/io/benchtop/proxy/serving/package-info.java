/**
 * Which model-server answers a call of an endpoint, whether the caller may call at all and how often, and what is counted of
 * it. Knows no protocol: the HTTP relay and gRPC both ask here.
 */
@NullMarked
package io.benchtop.proxy.serving;

import org.jspecify.annotations.NullMarked;
