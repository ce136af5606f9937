package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the files of people are. */
public sealed interface HomeStore {

    /**
     * Each home is a claim of its own.
     *
     * @param storageClass null for the cluster's default
     * @param size as Kubernetes writes it, for example {@code 10Gi}
     */
    record Claims(@Nullable String storageClass, String size) implements HomeStore {

        private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}(?:Ki|Mi|Gi|Ti|k|M|G|T)");

        public Claims {
            if (storageClass != null) {
                ObjectNames.require(storageClass, "storage-class");
            }
            if (!SIZE.matcher(size).matches()) {
                throw new IllegalArgumentException(
                        "benchtop.kubernetes.home-size must be a size like 10Gi, not \"" + size + "\"");
            }
        }
    }

    /**
     * Each home is a folder of one NFS export. Servers reach it through a claim, because the restricted Pod Security
     * standard allows no NFS volume in a pod; the folders are made by short pods of the system's namespace, which mount the
     * export itself.
     *
     * @param claim the claim of the namespace of servers that is bound to the export
     */
    record NfsExport(String server, String path, String claim) implements HomeStore {

        private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)+");

        public NfsExport {
            requireNonNull(path, "path is null");
            ObjectNames.require(server, "nfs-server");
            ObjectNames.require(claim, "nfs-claim");
            if (!PATH.matcher(path).matches()) {
                throw new IllegalArgumentException(
                        "benchtop.kubernetes.nfs-path must be an absolute path, not \"" + path + "\"");
            }
        }
    }
}
