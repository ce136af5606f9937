package io.benchtop.service.wiring;

import io.benchtop.api.profile.ProfileAudience;
import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.api.profile.RequestedResources;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.ProfileReading;
import io.benchtop.service.profile.ProfileSeed;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The profiles that the configuration names: properties, and a JSON file that holds a list of what the REST interface takes.
 * A wrong value or an unknown field in either stops the start (SECURITY.md S12).
 */
@Singleton
final class ConfiguredProfiles {

    /** The environment cannot tell {@code profiles-file} from a profile of this name. */
    private static final Set<String> NO_PROFILES = Set.of("file", "locked");

    private final List<ProfileConfig> properties;
    private final Optional<Path> file;
    private final ObjectMapper json;
    private final boolean locked;

    ConfiguredProfiles(
            List<ProfileConfig> properties,
            @Value("${benchtop.profiles-file:}") String file,
            @Value("${benchtop.profiles-locked:false}") boolean locked,
            ObjectMapper json) {
        this.properties = properties.stream()
                .filter(profile -> !NO_PROFILES.contains(profile.getSlug()))
                .toList();
        this.file = file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        this.json = json;
        this.locked = locked;
    }

    boolean locked() {
        return locked;
    }

    /** In the order to show them; those that are built in if none is named. */
    List<OfferedProfile> list() {
        List<ProfileRequest> written = Stream.concat(
                        properties.stream().map(ConfiguredProfiles::request),
                        file.stream().flatMap(path -> read(path).stream()))
                .toList();
        return written.isEmpty()
                ? ProfileSeed.defaults()
                : written.stream().map(ConfiguredProfiles::checked).toList();
    }

    private static ProfileRequest request(ProfileConfig config) {
        return new ProfileRequest(
                config.getSlug(),
                config.getDisplayName().orElse(config.getSlug()),
                config.getDescription(),
                new RequestedResources(
                        config.getMemoryBytes().orElse(null),
                        config.getProcesses().orElse(null),
                        config.getCpus().orElse(null)),
                config.getImage().orElse(null),
                null,
                config.getGpu()
                        .map(resource -> new ProfileGpu(resource, config.getGpus()))
                        .orElse(null),
                null,
                null,
                null,
                null,
                config.getRoles()
                        .map(roles -> new ProfileAudience("roles", roles))
                        .orElseGet(() -> new ProfileAudience("everybody", null)),
                null,
                null,
                null,
                null,
                null);
    }

    private List<ProfileRequest> read(Path path) {
        try {
            return json.readValue(Files.readAllBytes(path), Argument.listOf(ProfileRequest.class));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the profiles in " + path + " (benchtop.profiles-file) cannot be read: " + e.getMessage(), e);
        }
    }

    private static OfferedProfile checked(ProfileRequest written) {
        try {
            return ProfileReading.read(written);
        } catch (ProblemException e) {
            throw new IllegalArgumentException(
                    "the configured profile \"" + written.slug() + "\" is wrong: " + e.detail(), e);
        }
    }
}
