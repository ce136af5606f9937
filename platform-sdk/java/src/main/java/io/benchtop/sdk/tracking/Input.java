package io.benchtop.sdk.tracking;

import static java.util.Objects.requireNonNull;

/**
 * A version of a dataset that a run reads.
 *
 * @param name such as {@code sales/orders}
 * @param version its number
 * @param digest of its manifest
 */
public record Input(String name, long version, String digest) {

    public Input {
        requireNonNull(name, "name is null");
        requireNonNull(digest, "digest is null");
    }
}
