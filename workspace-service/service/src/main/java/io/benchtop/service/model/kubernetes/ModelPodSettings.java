package io.benchtop.service.model.kubernetes;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What pods that load models are told.
 *
 * @param namespace where they run; nothing else does
 * @param installation tells the objects of several installations in one cluster apart
 * @param serviceUrl where a pod reaches the service, which gives it the files
 * @param imagePullSecret null where images need no credentials
 * @param hardware on offer; the first is the usual one
 * @param triedOn the name of that on which versions are tried before they are taken
 */
public record ModelPodSettings(
        String namespace,
        String installation,
        URI serviceUrl,
        @Nullable String imagePullSecret,
        List<ModelHardware> hardware,
        String triedOn) {

    public ModelPodSettings {
        hardware = List.copyOf(hardware);
        if (namespace.isEmpty() || installation.isEmpty()) {
            throw new IllegalArgumentException("models need a namespace and the installation's name");
        }
        if (serviceUrl.getHost() == null) {
            throw new IllegalArgumentException("not an http(s) address: " + serviceUrl);
        }
        if (hardware.isEmpty() || names(hardware).stream().distinct().count() < hardware.size()) {
            throw new IllegalArgumentException("models need hardware, each with a name of its own: " + names(hardware));
        }
        if (!names(hardware).contains(triedOn)) {
            throw new IllegalArgumentException(
                    "versions are to be tried on \"" + triedOn + "\", which is none of " + names(hardware));
        }
    }

    private static List<String> names(List<ModelHardware> hardware) {
        return hardware.stream().map(ModelHardware::name).toList();
    }

    public List<String> hardwareNames() {
        return names(hardware);
    }

    ModelHardware ofTrials() {
        return find(triedOn).orElseThrow();
    }

    public Optional<ModelHardware> find(String name) {
        return hardware.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
