package io.benchtop.service.lease;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Port: where leases are kept. Whether one has lapsed is for the clock of the store alone to say. */
public interface LeaseRepository {

    /** Takes the lease unless somebody else has one of this name that has not lapsed. */
    boolean take(Lease lease, Duration life);

    /** Gives those of the leases that are still their holder's a new life, all at once, and tells which; one lapsed that nobody took is still its holder's. */
    Set<Lease> renew(Collection<Lease> leases, Duration life);

    /** Whether it is still its holder's; nobody else takes it before the caller's transaction ends. */
    boolean confirm(Lease lease);

    /** Gives it back if it is still its holder's. */
    void release(Lease lease);

    /** The names of leases that have lapsed. */
    List<String> lapsed();

    /** Forgets all leases; for whoever knows that all holders are gone. */
    void forgetAll();
}
