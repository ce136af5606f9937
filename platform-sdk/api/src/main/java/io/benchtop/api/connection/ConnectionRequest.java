package io.benchtop.api.connection;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/connections} and {@code PUT /api/v1/connections/{name}}.
 *
 * @param name unique, never changes
 * @param kind {@code s3}, {@code folder}, {@code postgresql} or {@code mariadb}
 * @param description free text
 * @param settings where it is
 * @param secret secret key or password; the one that is kept stays if missing
 */
public record ConnectionRequest(
        @Nullable String name,
        @Nullable String kind,
        @Nullable String description,
        @Nullable ConnectionSettings settings,
        @Nullable String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "ConnectionRequest[name=" + name + ", kind=" + kind + ", settings=" + settings + "]";
    }
}
