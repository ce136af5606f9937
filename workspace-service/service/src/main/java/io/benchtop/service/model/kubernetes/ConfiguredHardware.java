package io.benchtop.service.model.kubernetes;

import io.benchtop.service.profile.ImageReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hardware for models that the configuration names beside the usual one: a list in JSON, with the words of Kubernetes. */
public final class ConfiguredHardware {

    private ConfiguredHardware() {}

    private record Entry(
            @Nullable String name,
            @Nullable String image,
            @Nullable ResourceRequirements resources,
            @Nullable Map<String, String> nodeSelector,
            @Nullable List<Toleration> tolerations,
            @Nullable String runtimeClassName) {

        ModelHardware over(ModelHardware usual) {
            return new ModelHardware(
                    Objects.requireNonNullElse(name, ""),
                    image == null || image.isEmpty() ? usual.image() : new ImageReference(image),
                    resources == null ? usual.resources() : resources,
                    nodeSelector == null ? Map.of() : nodeSelector,
                    tolerations == null ? List.of() : tolerations,
                    runtimeClassName);
        }
    }

    /**
     * The usual hardware and what the text names.
     *
     * @throws IllegalArgumentException if the text is wrong; says what about it
     */
    public static List<ModelHardware> with(ModelHardware usual, String json) {
        try {
            Entry[] entries = new KubernetesSerialization().unmarshal(json, Entry[].class);
            return Stream.concat(Stream.of(usual), Arrays.stream(entries).map(entry -> entry.over(usual)))
                    .toList();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "the hardware for models (benchtop.kubernetes.model-hardware) cannot be read: " + e.getMessage(),
                    e);
        }
    }
}
