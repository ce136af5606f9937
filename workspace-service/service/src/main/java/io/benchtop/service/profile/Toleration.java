package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Lets a server run on nodes with this taint.
 *
 * @param key the taint's key
 * @param value the taint's value, or null for any
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}, or null for all
 */
public record Toleration(
        String key, @Nullable String value, @Nullable Effect effect) {

    /** What the taint does to those that do not tolerate it; named as Kubernetes names it. */
    public enum Effect {
        NO_SCHEDULE,
        PREFER_NO_SCHEDULE,
        NO_EXECUTE
    }

    public Toleration {
        requireNonNull(key, "key is null");
        KubernetesNames.requireLabelKey(key);
        if (value != null) {
            KubernetesNames.requireLabelValue(value);
        }
    }
}
