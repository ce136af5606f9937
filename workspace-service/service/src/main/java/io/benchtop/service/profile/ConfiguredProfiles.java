package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.Resources;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Profiles as configured, fitted to the machine: nobody is promised more memory than there is. A profile that had to be
 * made smaller says so in its description and in the warnings.
 */
public final class ConfiguredProfiles implements ProfileCatalog {

    public static final String STANDARD = "standard";

    private static final long GIBIBYTE = 1L << 30;

    private final List<Profile> profiles;
    private final Profile standard;
    private final List<String> warnings = new ArrayList<>();

    /** @param machineBytes the machine's memory, or null where it cannot be told */
    public ConfiguredProfiles(List<Profile> configured, String standard, @Nullable Long machineBytes) {
        requireNonNull(standard, "standard is null");
        if (configured.stream().map(Profile::slug).distinct().count() != configured.size()) {
            throw new IllegalArgumentException("two profiles have the same slug: " + configured);
        }
        this.profiles = configured.stream()
                .map(profile -> fitted(profile, machineBytes))
                .toList();
        this.standard = find(standard)
                .orElseThrow(() -> new IllegalArgumentException("the default profile \"" + standard
                        + "\" is not one of the configured profiles; configure it or name another"));
    }

    /** What is offered when nothing is configured. */
    public static List<Profile> defaults() {
        return List.of(
                profile("small", "Small", "For a few small tables and plots.", 2),
                profile(STANDARD, "Standard", "For everyday work.", 4),
                profile("large", "Large", "For data that fills some gigabytes of memory.", 8));
    }

    private static Profile profile(String slug, String displayName, String description, int gibibytes) {
        return new Profile(slug, displayName, description, new Resources(gibibytes * GIBIBYTE, 256 * gibibytes, null));
    }

    private Profile fitted(Profile profile, @Nullable Long machineBytes) {
        Long wanted = profile.resources().memoryBytes();
        if (machineBytes == null || wanted == null || wanted <= machineBytes) {
            return profile;
        }
        String sentence = "This machine has %d MiB of memory, less than the %d MiB of the profile \"%s\"."
                .formatted(machineBytes >> 20, wanted >> 20, profile.slug());
        warnings.add(sentence);
        Resources less = new Resources(
                machineBytes,
                profile.resources().processes(),
                profile.resources().cpus());
        return new Profile(profile.slug(), profile.displayName(), profile.description() + " " + sentence, less);
    }

    @Override
    public List<Profile> list() {
        return profiles;
    }

    @Override
    public Profile standard() {
        return standard;
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
