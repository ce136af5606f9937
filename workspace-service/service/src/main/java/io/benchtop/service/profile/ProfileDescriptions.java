package io.benchtop.service.profile;

import io.benchtop.api.profile.ImageProbeResult;
import io.benchtop.api.profile.OverrideLimits;
import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.ProfileAudience;
import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.ProfileImage;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.api.profile.ProfileToleration;
import io.benchtop.api.profile.ProfileVolume;
import io.benchtop.api.profile.RequestedResources;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Profiles in the words of the wire; {@link ProfileReading} is the way back. */
public final class ProfileDescriptions {

    private ProfileDescriptions() {}

    /** For whoever may pick it: not where servers run, nor who else may pick it. */
    public static Profile offer(OfferedProfile profile) {
        return described(profile, false);
    }

    /** For administrators. */
    public static Profile all(OfferedProfile profile) {
        return described(profile, true);
    }

    private static Profile described(OfferedProfile profile, boolean forAdministrators) {
        ProfileRequest all = complete(profile);
        return new Profile(
                profile.slug().value(),
                profile.displayName().value(),
                profile.description(),
                profile.spec().resources(),
                all.image(),
                images(profile),
                all.gpu(),
                limits(profile.allowedOverrides()),
                all.startTimeout(),
                all.maxLifetime(),
                profile.retired(),
                forAdministrators ? all.nodeSelector() : null,
                forAdministrators ? all.tolerations() : null,
                forAdministrators ? all.volumes() : null,
                forAdministrators ? all.env() : null,
                forAdministrators ? all.audience() : null,
                forAdministrators ? all.warmServers() : null,
                forAdministrators ? all.compatibility() : null);
    }

    /** What would make this profile. */
    public static ProfileRequest complete(OfferedProfile profile) {
        ServerSpec spec = profile.spec();
        return new ProfileRequest(
                profile.slug().value(),
                profile.displayName().value(),
                profile.description(),
                new RequestedResources(
                        spec.resources().memoryBytes(),
                        spec.resources().processes(),
                        spec.resources().cpus()),
                spec.image() == null ? null : spec.image().value(),
                images(profile),
                gpu(spec.gpu()),
                new TreeMap<>(spec.nodeSelector()),
                spec.tolerations().stream()
                        .map(it -> new ProfileToleration(it.key(), it.value(), TaintEffects.word(it.effect())))
                        .toList(),
                spec.volumes().stream().map(ProfileDescriptions::volume).toList(),
                new TreeMap<>(spec.env()),
                audience(profile.audience()),
                limits(profile.allowedOverrides()),
                text(profile.startTimeout()),
                text(profile.maxLifetime()),
                profile.warmServers(),
                profile.retired(),
                profile.compatibility().stream()
                        .map(ProfileDescriptions::result)
                        .toList());
    }

    public static @Nullable ProfileGpu gpu(@Nullable Gpu gpu) {
        return gpu == null ? null : new ProfileGpu(gpu.resource(), gpu.count());
    }

    private static List<ProfileImage> images(OfferedProfile profile) {
        return profile.images().stream()
                .map(it -> new ProfileImage(
                        it.slug().value(), it.displayName().value(), it.image().value()))
                .toList();
    }

    private static ProfileVolume volume(ExtraVolume volume) {
        return switch (volume.source()) {
            case ExtraVolume.Claim(String name) ->
                new ProfileVolume(volume.mountPath(), volume.readOnly(), name, null, null);
            case ExtraVolume.Nfs(String server, String path) ->
                new ProfileVolume(volume.mountPath(), volume.readOnly(), null, server, path);
        };
    }

    private static ProfileAudience audience(Audience audience) {
        return switch (audience) {
            case Audience.Everybody() -> new ProfileAudience("everybody", List.of());
            case Audience.Roles(var roles) ->
                new ProfileAudience(
                        "roles", roles.stream().sorted().map(Role::code).toList());
            case Audience.Users(var users) ->
                new ProfileAudience(
                        "users", users.stream().map(UserName::value).sorted().toList());
        };
    }

    private static OverrideLimits limits(AllowedOverrides allowed) {
        return new OverrideLimits(allowed.memoryBytes(), allowed.cpus(), allowed.gpus(), allowed.image());
    }

    private static ImageProbeResult result(ImageCompatibility found) {
        return new ImageProbeResult(
                found.image().value(),
                found.verdict().code(),
                found.jupyterServer(),
                found.python(),
                found.uid(),
                found.probedAt().toString(),
                found.message());
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }
}
