package io.benchtop.service.lease;

/** What is being done must not go on here: another replica may be doing it. Nothing is to be cleaned up on the way out. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    LeaseLost(Lease lease) {
        super("the lease of " + lease.name() + " is not held any more");
    }
}
