package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A profile as administrators make it: what a server is made of, who may use it, and what people may choose differently.
 *
 * @param spec what a server is made of when nothing is chosen differently
 * @param images further images to choose from
 * @param startTimeout how long a server may take until it answers; null for the installation's
 * @param maxLifetime after how long a server is to be stopped; null for no limit. Shown, and enforced with idle culling
 * @param warmServers how many servers wait ready for new workspaces that choose nothing differently
 * @param retired no longer offered and no longer started; running servers go on
 * @param compatibility what was found out about its images; at most one record for each
 */
public record OfferedProfile(
        OptionSlug slug,
        DisplayName displayName,
        String description,
        ServerSpec spec,
        List<ImageChoice> images,
        Audience audience,
        AllowedOverrides allowedOverrides,
        @Nullable Duration startTimeout,
        @Nullable Duration maxLifetime,
        int warmServers,
        boolean retired,
        List<ImageCompatibility> compatibility) {

    static final int MAX_DESCRIPTION = 500;
    static final int MOST_WARM_SERVERS = 20;

    public OfferedProfile {
        requireNonNull(slug, "slug is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(description, "description is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(audience, "audience is null");
        requireNonNull(allowedOverrides, "allowedOverrides is null");
        images = List.copyOf(images);
        compatibility = List.copyOf(compatibility);
        description = description.strip();
        if (description.length() > MAX_DESCRIPTION || description.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidField(
                    "description", "must be one line of at most " + MAX_DESCRIPTION + " characters");
        }
        if (warmServers < 0 || warmServers > MOST_WARM_SERVERS) {
            throw ProblemException.invalidField("warmServers", "must be 0 to " + MOST_WARM_SERVERS);
        }
        if (images.stream().map(ImageChoice::slug).distinct().count() != images.size()) {
            throw ProblemException.invalidField("images", "two of them have the same slug; give each one of its own");
        }
        if (spec.volumes().stream().map(ExtraVolume::mountPath).distinct().count()
                != spec.volumes().size()) {
            throw ProblemException.invalidField("volumes", "two of them have the same mountPath; give each its own");
        }
        requireAtLeast(
                "allowedOverrides.memoryBytes",
                allowedOverrides.memoryBytes(),
                spec.resources().memoryBytes());
        requireAtLeast(
                "allowedOverrides.cpus",
                allowedOverrides.cpus(),
                spec.resources().cpus());
        Gpu gpu = spec.gpu();
        if (allowedOverrides.gpus() != null && gpu == null) {
            throw ProblemException.invalidField(
                    "allowedOverrides.gpus", "the profile has no accelerators; say in gpu of which kind they are");
        }
        requireAtLeast("allowedOverrides.gpus", allowedOverrides.gpus(), gpu == null ? null : gpu.count());
        if (allowedOverrides.image() && images.isEmpty()) {
            throw ProblemException.invalidField(
                    "allowedOverrides.image", "there is nothing to choose from; list the images in images");
        }
    }

    private static <N extends Comparable<N>> void requireAtLeast(String field, @Nullable N most, @Nullable N own) {
        if (most != null && own != null && most.compareTo(own) < 0) {
            throw ProblemException.invalidField(
                    field, "must be at least what the profile gives anyway, which is " + own);
        }
    }

    Optional<ImageChoice> image(OptionSlug choice) {
        return images.stream().filter(image -> image.slug().equals(choice)).findFirst();
    }

    /** Every image that a server of it can be started from, but the installation's own. */
    public List<ImageReference> everyImage() {
        return Stream.concat(
                        Stream.of(spec).map(ServerSpec::image), images.stream().map(ImageChoice::image))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    OfferedProfile retired(boolean nowRetired) {
        return changed(description, spec, allowedOverrides, nowRetired, compatibility);
    }

    /** With what is known about its images now; of images that it no longer has, nothing is kept. */
    public OfferedProfile with(List<ImageCompatibility> known) {
        List<ImageReference> ours = everyImage();
        List<ImageCompatibility> kept =
                known.stream().filter(record -> ours.contains(record.image())).toList();
        return changed(description, spec, allowedOverrides, retired, kept);
    }

    /** With a limit of memory that is there, and a sentence that says so. */
    OfferedProfile fitted(ServerSpec fittedSpec, AllowedOverrides fittedOverrides, String sentence) {
        String said = (description + " " + sentence).strip();
        String fitting = said.substring(0, Math.min(said.length(), MAX_DESCRIPTION));
        return changed(fitting, fittedSpec, fittedOverrides, retired, compatibility);
    }

    private OfferedProfile changed(
            String newDescription,
            ServerSpec newSpec,
            AllowedOverrides newOverrides,
            boolean nowRetired,
            List<ImageCompatibility> nowKnown) {
        return new OfferedProfile(
                slug,
                displayName,
                newDescription,
                newSpec,
                images,
                audience,
                newOverrides,
                startTimeout,
                maxLifetime,
                warmServers,
                nowRetired,
                nowKnown);
    }
}
