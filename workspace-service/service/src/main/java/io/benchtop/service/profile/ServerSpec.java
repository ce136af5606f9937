package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.Resources;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server is made of: the part of a profile that a spawner acts on, checked when it is constructed, so that no spawner
 * has to (SECURITY.md S11, S12, S50). The local spawner looks at the resources only.
 *
 * @param image null for the installation's own
 * @param gpu null for none
 * @param nodeSelector labels that the node must have
 * @param env further environment; names that the platform sets itself are refused
 */
public record ServerSpec(
        Resources resources,
        @Nullable ImageReference image,
        @Nullable Gpu gpu,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        List<ExtraVolume> volumes,
        Map<String, String> env) {

    private static final int MAX_VALUE = 4096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern OURS = Pattern.compile(
            "(?:BENCHTOP|JUPYTER|LD|KUBERNETES)_.*|PYTHON(?:PATH|STARTUP|HOME)|PATH|HOME|USER|LOGNAME|SHELL");

    public ServerSpec {
        requireNonNull(resources, "resources is null");
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        volumes = List.copyOf(volumes);
        env = Map.copyOf(env);
        nodeSelector.forEach((key, value) -> {
            KubernetesNames.requireLabelKey(key);
            KubernetesNames.requireLabelValue(value);
        });
        env.forEach(ServerSpec::check);
    }

    /** Of these resources and otherwise as the installation has it. */
    public static ServerSpec of(Resources resources) {
        return new ServerSpec(resources, null, null, Map.of(), List.of(), List.of(), Map.of());
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of an environment variable: " + name);
        }
        if (OURS.matcher(name).matches()) {
            throw new IllegalArgumentException("the platform sets the environment variable " + name + " itself");
        }
        if (value.length() > MAX_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the value of the environment variable " + name
                    + " must be one line of at most " + MAX_VALUE + " characters");
        }
    }
}
