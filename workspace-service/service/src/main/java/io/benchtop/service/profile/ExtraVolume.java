package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A further folder that every server of a profile sees.
 *
 * @param source where the files are
 * @param mountPath absolute path in the server, outside of what the platform itself mounts
 */
public record ExtraVolume(Source source, String mountPath, boolean readOnly) {

    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)+");

    /** Where the platform and the machine mount things of their own. */
    private static final List<String> OURS = List.of(
            "/home", "/opt/benchtop", "/run", "/var/run", "/tmp", "/proc", "/sys", "/dev", "/etc", "/usr", "/bin");

    /** Where the files of a volume are. */
    public sealed interface Source {}

    /** An existing PersistentVolumeClaim of the namespace of servers. */
    public record Claim(String name) implements Source {

        public Claim {
            requireNonNull(name, "name is null");
            KubernetesNames.requireName(name);
        }
    }

    /** A folder of an NFS server. */
    public record Nfs(String server, String path) implements Source {

        public Nfs {
            requireNonNull(server, "server is null");
            KubernetesNames.requireName(server);
            requirePath(path);
        }
    }

    public ExtraVolume {
        requireNonNull(source, "source is null");
        requirePath(mountPath);
        if (OURS.stream().anyMatch(ours -> (mountPath + "/").startsWith(ours + "/"))) {
            throw new IllegalArgumentException(
                    "something else is mounted at " + mountPath + "; take a folder such as /mnt/data");
        }
    }

    private static void requirePath(String path) {
        if (path.length() > 512 || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not an absolute path of plain names: " + path);
        }
    }
}
