/** Who of several replicas works on what: leases that a replica loses when it is killed, frozen or cut off. */
@NullMarked
package io.benchtop.service.lease;

import org.jspecify.annotations.NullMarked;
