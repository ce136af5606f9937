package io.benchtop.service.profile;

import io.benchtop.api.profile.Resources;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fits profiles to the one machine that servers run on: nobody is promised more memory than there is. A profile that had to
 * be made smaller says so in its description.
 *
 * @param bytes the machine's memory; null where there is more than one machine, or it cannot be told
 */
public record MachineMemory(@Nullable Long bytes) {

    OfferedProfile fitted(OfferedProfile profile) {
        ServerSpec spec = profile.spec();
        AllowedOverrides allowed = profile.allowedOverrides();
        return warning(profile)
                .map(sentence -> profile.fitted(
                        new ServerSpec(
                                new Resources(
                                        least(spec.resources().memoryBytes()),
                                        spec.resources().processes(),
                                        spec.resources().cpus()),
                                spec.image(),
                                spec.gpu(),
                                spec.nodeSelector(),
                                spec.tolerations(),
                                spec.volumes(),
                                spec.env()),
                        new AllowedOverrides(
                                least(allowed.memoryBytes()), allowed.cpus(), allowed.gpus(), allowed.image()),
                        sentence))
                .orElse(profile);
    }

    List<String> warnings(List<OfferedProfile> profiles) {
        return profiles.stream().map(this::warning).flatMap(Optional::stream).toList();
    }

    private Optional<String> warning(OfferedProfile profile) {
        Long own = profile.spec().resources().memoryBytes();
        Long allowed = profile.allowedOverrides().memoryBytes();
        Long most = allowed == null ? own : allowed;
        return bytes == null || most == null || most <= bytes
                ? Optional.empty()
                : Optional.of("This machine has %d MiB of memory, less than the %d MiB of the profile \"%s\"."
                        .formatted(bytes >> 20, most >> 20, profile.slug()));
    }

    private @Nullable Long least(@Nullable Long wanted) {
        return wanted == null || bytes == null ? wanted : Long.valueOf(Math.min(wanted, bytes));
    }
}
