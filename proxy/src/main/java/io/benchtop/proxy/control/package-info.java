/** The proxy's own calls to workspace-service under /internal: plain blocking HTTP, never on an event loop. */
@NullMarked
package io.benchtop.proxy.control;

import org.jspecify.annotations.NullMarked;
