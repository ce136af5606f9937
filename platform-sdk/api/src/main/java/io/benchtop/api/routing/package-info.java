/** What the proxy pulls from workspace-service: the route table, the keys and the changes to both. */
@NullMarked
package io.benchtop.api.routing;

import org.jspecify.annotations.NullMarked;
