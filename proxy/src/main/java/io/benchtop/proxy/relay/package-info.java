/** The data plane: one event loop owns a client and its upstream connections and moves bytes between them. */
@NullMarked
package io.benchtop.proxy.relay;

import org.jspecify.annotations.NullMarked;
