/** Model-servers as Deployments of a cluster. */
@NullMarked
package io.benchtop.service.endpoint.kubernetes;

import org.jspecify.annotations.NullMarked;
