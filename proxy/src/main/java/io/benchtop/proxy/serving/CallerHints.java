package io.benchtop.proxy.serving;

import org.jspecify.annotations.Nullable;

/**
 * What of a request decides which arm answers it.
 *
 * @param header the value of the endpoint's sticky header; null if there is none
 * @param cookies the raw {@code Cookie} line; empty if there is none
 * @param browser whether whoever calls keeps cookies
 * @param version the version that the path names; null for whichever the caller falls to
 */
public record CallerHints(
        @Nullable String header,
        String cookies,
        boolean browser,
        @Nullable String version) {}
