/** Tries it from short-lived pods in the namespace of servers. */
@NullMarked
package io.benchtop.service.spawn.policycheck.kubernetes;

import org.jspecify.annotations.NullMarked;
