package io.benchtop.service.http.page;

import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.Audience;
import io.benchtop.service.profile.ImageCompatibility;
import io.benchtop.service.profile.ImageCompatibility.Verdict;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.ProfileDescriptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Profiles in the words of the administrators' pages. */
final class ProfileRows {

    private ProfileRows() {}

    static ProfilesPage.Row row(OfferedProfile profile, int workspaces) {
        ImageReference image = profile.spec().image();
        return new ProfilesPage.Row(
                profile.slug().value(),
                profile.displayName().value(),
                ResourceWords.of(
                        profile.spec().resources(),
                        ProfileDescriptions.gpu(profile.spec().gpu())),
                image == null ? null : image.value(),
                words(profile.audience()),
                workspaces,
                profile.retired(),
                with(Verdict.INCOMPATIBLE, profile)
                        .map(ImageCompatibility::message)
                        .orElse(null),
                with(Verdict.PROBING, profile).isPresent());
    }

    private static Optional<ImageCompatibility> with(Verdict verdict, OfferedProfile profile) {
        return profile.compatibility().stream()
                .filter(found -> found.verdict() == verdict)
                .findFirst();
    }

    static List<ProfilePage.ImageRow> images(OfferedProfile profile, Instant now) {
        return profile.everyImage().stream()
                .map(image -> profile.compatibility().stream()
                        .filter(found -> found.image().equals(image))
                        .findFirst()
                        .map(found -> row(found, now))
                        .orElseGet(() -> untried(image)))
                .toList();
    }

    private static ProfilePage.ImageRow row(ImageCompatibility found, Instant now) {
        return new ProfilePage.ImageRow(
                found.image().value(),
                words(found.verdict()),
                found.verdict() == Verdict.INCOMPATIBLE,
                facts(found),
                found.message(),
                HumaneTime.relative(found.probedAt(), now));
    }

    /** Profiles of the configuration are not tried unasked. */
    private static ProfilePage.ImageRow untried(ImageReference image) {
        return new ProfilePage.ImageRow(
                image.value(), words(Verdict.NOT_PROBED), false, "", "It has not been tried yet.", null);
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case COMPATIBLE -> "works";
            case INCOMPATIBLE -> "does not work";
            case PROBING -> "is being tried";
            case NOT_PROBED -> "not known";
        };
    }

    private static String words(Audience audience) {
        return switch (audience) {
            case Audience.Everybody() -> "everybody";
            case Audience.Roles(var roles) ->
                roles.stream().sorted().map(Role::code).collect(Collectors.joining(", ", "role ", ""));
            case Audience.Users(var users) ->
                users.stream().map(UserName::value).sorted().collect(Collectors.joining(", "));
        };
    }

    private static String facts(ImageCompatibility found) {
        List<String> facts = new ArrayList<>();
        if (found.jupyterServer() != null) {
            facts.add("jupyter_server " + found.jupyterServer());
        }
        if (found.python() != null) {
            facts.add("Python " + found.python());
        }
        if (found.uid() != null) {
            facts.add("user " + found.uid());
        }
        return String.join(", ", facts);
    }
}
