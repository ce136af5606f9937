package io.benchtop.modelserver.protocol;

import org.jspecify.annotations.Nullable;

/** An output that a request names. Without a word about its form it has the request's. */
public record RequestedOutput(String name, @Nullable Boolean binary) {}
