package io.benchtop.service.wiring;

import io.benchtop.api.profile.ProfileRequest;
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

/**
 * The profiles that the configuration names: a JSON file that holds a list of what the REST interface takes. A wrong value or
 * an unknown field in it stops the start (SECURITY.md S12).
 */
@Singleton
final class ConfiguredProfiles {

    private final Optional<Path> file;
    private final ObjectMapper json;
    private final boolean locked;

    ConfiguredProfiles(
            @Value("${benchtop.profile-file:}") String file,
            @Value("${benchtop.profile-locked:false}") boolean locked,
            ObjectMapper json) {
        this.file = file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        this.json = json;
        this.locked = locked;
    }

    boolean locked() {
        return locked;
    }

    /** In the order to show them; those that are built in if none is named. */
    List<OfferedProfile> list() {
        List<ProfileRequest> written = file.map(this::read).orElse(List.of());
        return written.isEmpty()
                ? ProfileSeed.defaults()
                : written.stream().map(ConfiguredProfiles::checked).toList();
    }

    private List<ProfileRequest> read(Path path) {
        try {
            return json.readValue(Files.readAllBytes(path), Argument.listOf(ProfileRequest.class));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the profiles in " + path + " (benchtop.profile-file) cannot be read: " + e.getMessage(), e);
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
