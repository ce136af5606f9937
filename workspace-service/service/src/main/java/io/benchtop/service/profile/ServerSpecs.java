package io.benchtop.service.profile;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.problem.ProblemException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a server is made of out of a profile and a person's choices. The only way from one to the other, and it makes
 * nothing of a choice that the profile does not allow: whoever has a {@link ServerSpec} has one that was allowed at that
 * moment, on whatever path the choice came (SECURITY.md S12, S50).
 */
public final class ServerSpecs {

    private ServerSpecs() {}

    /** @throws ProblemException naming the field that is not allowed, and what is */
    public static ServerSpec of(OfferedProfile profile, Overrides asked) {
        ServerSpec own = profile.spec();
        AllowedOverrides allowed = profile.allowedOverrides();
        Resources resources = new Resources(
                chosen(
                        "memoryBytes",
                        asked.memoryBytes(),
                        allowed.memoryBytes(),
                        own.resources().memoryBytes(),
                        bytes -> bytes + " (" + (bytes >> 20) + " MiB)"),
                own.resources().processes(),
                chosen("cpus", asked.cpus(), allowed.cpus(), own.resources().cpus(), String::valueOf));
        return new ServerSpec(
                resources,
                image(profile, asked.image()),
                gpu(own.gpu(), asked.gpus(), allowed.gpus()),
                own.nodeSelector(),
                own.tolerations(),
                own.volumes(),
                own.env());
    }

    private static <N extends Comparable<N>> @Nullable N chosen(
            String field, @Nullable N asked, @Nullable N most, @Nullable N own, Function<N, String> words) {
        if (asked == null) {
            return own;
        }
        if (most == null) {
            throw notAllowed(field);
        }
        if (asked.compareTo(most) > 0) {
            throw refused(field, "must be at most " + words.apply(most));
        }
        return asked;
    }

    private static @Nullable Gpu gpu(@Nullable Gpu own, @Nullable Integer asked, @Nullable Integer most) {
        Integer count = chosen("gpus", asked, most, own == null ? null : own.count(), String::valueOf);
        return own == null || count == null || count == 0 ? null : new Gpu(own.resource(), count);
    }

    private static @Nullable ImageReference image(OfferedProfile profile, @Nullable OptionSlug asked) {
        if (asked == null) {
            return profile.spec().image();
        }
        if (!profile.allowedOverrides().image()) {
            throw notAllowed("image");
        }
        return profile.image(asked)
                .map(ImageChoice::image)
                .orElseThrow(() -> refused(
                        "image",
                        "must be one of "
                                + profile.images().stream()
                                        .map(image -> image.slug().value())
                                        .collect(Collectors.joining(", "))));
    }

    private static ProblemException notAllowed(String field) {
        return refused(field, "is fixed by the profile; leave it out, or pick another profile");
    }

    private static ProblemException refused(String field, String message) {
        return ProblemException.invalidField("overrides." + field, message);
    }
}
