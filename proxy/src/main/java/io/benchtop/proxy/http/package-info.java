/** HTTP/1.1 heads, body framing and WebSocket frame boundaries as pure state machines over bytes; no I/O. */
@NullMarked
package io.benchtop.proxy.http;

import org.jspecify.annotations.NullMarked;
