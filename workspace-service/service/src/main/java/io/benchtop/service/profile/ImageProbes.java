package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.ImageCompatibility.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the images of profiles beside everything else, one at a time, and records that it does and what was found. What it
 * finds warns administrators and forbids nothing. A service that ends in between leaves a record that says since when an image
 * is being tried; an administrator asks for it again.
 */
public final class ImageProbes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImageProbes.class);

    private final ImageProbe probe;
    private final ProfileRepository profiles;
    private final InstantSource clock;
    private final ExecutorService turn = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("image-probe").factory());

    public ImageProbes(ImageProbe probe, ProfileRepository profiles, InstantSource clock) {
        this.probe = requireNonNull(probe, "probe is null");
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Probes the images of which nothing is known. */
    void begin(OfferedProfile profile) {
        begin(
                profile,
                profile.everyImage().stream()
                        .filter(image -> profile.compatibility().stream()
                                .noneMatch(
                                        known -> known.image().equals(image) && known.verdict() != Verdict.NOT_PROBED))
                        .toList());
    }

    void beginAnew(OfferedProfile profile) {
        begin(profile, profile.everyImage());
    }

    private void begin(OfferedProfile profile, List<ImageReference> images) {
        Instant now = clock.instant();
        images.forEach(image -> record(profile.slug(), ImageCompatibility.probing(image, now)));
        images.forEach(image -> turn.execute(() -> record(profile.slug(), probed(image, profile.spec()))));
    }

    private void record(OptionSlug slug, ImageCompatibility found) {
        try {
            profiles.change(slug, now -> now.with(withRecord(now.compatibility(), found)));
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("profile", slug)
                    .setCause(e)
                    .log("what was found out about an image could not be recorded");
        }
    }

    private ImageCompatibility probed(ImageReference image, ServerSpec spec) {
        try {
            return probe.probe(image, spec);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("image", image).setCause(e).log("the probe of an image failed");
            return ImageCompatibility.notProbed(
                    image, clock.instant(), "The probe did not work (" + e.getMessage() + "). Ask for it again.");
        }
    }

    private static List<ImageCompatibility> withRecord(List<ImageCompatibility> known, ImageCompatibility found) {
        return Stream.concat(known.stream().filter(record -> !record.image().equals(found.image())), Stream.of(found))
                .toList();
    }

    @Override
    public void close() {
        turn.shutdownNow();
    }
}
