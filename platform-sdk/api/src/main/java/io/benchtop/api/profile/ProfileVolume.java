package io.benchtop.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * A further folder that every server sees: either {@code claim}, or {@code nfsServer} and {@code nfsPath}.
 *
 * @param mountPath absolute path in the server
 * @param readOnly no if missing
 * @param claim an existing PersistentVolumeClaim of the namespace of servers
 * @param nfsServer host of an NFS server
 * @param nfsPath absolute path that it exports
 */
public record ProfileVolume(
        @Nullable String mountPath,
        @Nullable Boolean readOnly,
        @Nullable String claim,
        @Nullable String nfsServer,
        @Nullable String nfsPath) {}
