package io.benchtop.api.connection;

import org.jspecify.annotations.Nullable;

/**
 * Where a store or a database is; each kind has its own.
 *
 * @param endpoint of s3: an address; Amazon's own if missing
 * @param region of s3
 * @param bucket of s3
 * @param prefix of s3: what all keys begin with
 * @param pathStyle of s3: whether the bucket is part of the path
 * @param accessKeyId of s3
 * @param path of folder: absolute
 * @param host of a database
 * @param port of a database; its usual one if missing
 * @param database of a database: its name
 * @param user of a database
 * @param tls of a database: {@code verify}, {@code require} or {@code off}
 */
public record ConnectionSettings(
        @Nullable String endpoint,
        @Nullable String region,
        @Nullable String bucket,
        @Nullable String prefix,
        @Nullable Boolean pathStyle,
        @Nullable String accessKeyId,
        @Nullable String path,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String database,
        @Nullable String user,
        @Nullable String tls) {}
