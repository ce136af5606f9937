package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Accelerators of one kind.
 *
 * @param resource the extended resource that the cluster counts them by, for example {@code nvidia.com/gpu}
 * @param count how many, at least one; they are never shared or split
 */
public record Gpu(String resource, int count) {

    static final int MOST = 64;
    private static final Pattern RESOURCE =
            Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?/[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    public Gpu {
        requireNonNull(resource, "resource is null");
        if (!RESOURCE.matcher(resource).matches()) {
            throw new IllegalArgumentException(
                    "not the name of an extended resource, like nvidia.com/gpu: " + resource);
        }
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("a server gets 1 to " + MOST + " accelerators, not " + count);
        }
    }
}
