package io.benchtop.service.lease;

import static java.util.Objects.requireNonNull;

/**
 * The right to work on something until it lapses.
 *
 * @param name of what is worked on
 * @param holder names the process; each has another name
 * @param epoch counts the leases of this holder, so that an earlier one is never taken for this
 */
public record Lease(String name, String holder, long epoch) {

    public Lease {
        requireNonNull(name, "name is null");
        requireNonNull(holder, "holder is null");
    }
}
