/** Runs servers as pods of a Kubernetes cluster. */
@NullMarked
package io.benchtop.service.spawn.kubernetes;

import org.jspecify.annotations.NullMarked;
