package io.benchtop.service.profile.jdbc;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import io.benchtop.api.profile.ImageProbeResult;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.service.profile.ImageCompatibility;
import io.benchtop.service.profile.ImageCompatibility.Verdict;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.ProfileDescriptions;
import io.benchtop.service.profile.ProfileReading;
import java.time.Instant;
import java.util.List;

/**
 * A profile as the JSON of the wire, which only ever gains fields: what a row says is read like a request, and checked like
 * one.
 */
final class ProfileJson {

    private static final Gson GSON = new Gson();

    private ProfileJson() {}

    static String write(OfferedProfile profile) {
        return GSON.toJson(ProfileDescriptions.complete(profile));
    }

    static OfferedProfile read(String json) {
        ProfileRequest stored = GSON.fromJson(json, ProfileRequest.class);
        List<ImageProbeResult> compatibility = stored.compatibility();
        return ProfileReading.read(stored)
                .with(
                        compatibility == null
                                ? List.of()
                                : compatibility.stream().map(ProfileJson::found).toList());
    }

    private static ImageCompatibility found(ImageProbeResult stored) {
        return new ImageCompatibility(
                new ImageReference(requireNonNull(stored.image())),
                Verdict.of(requireNonNull(stored.verdict())),
                stored.jupyterServer(),
                stored.python(),
                stored.uid(),
                Instant.parse(requireNonNull(stored.probedAt())),
                requireNonNull(stored.message()));
    }
}
