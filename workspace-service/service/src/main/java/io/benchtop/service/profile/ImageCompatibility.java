package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about an image by starting it once.
 *
 * @param jupyterServer version of its jupyter_server; null if that could not be told
 * @param python version of the Python that has it; null if that could not be told
 * @param uid number of the user that it runs as; null if that could not be told
 * @param message the verdict as a sentence, with what to do
 */
public record ImageCompatibility(
        ImageReference image,
        Verdict verdict,
        @Nullable String jupyterServer,
        @Nullable String python,
        @Nullable Long uid,
        Instant probedAt,
        String message) {

    /** Whether the image works here. */
    public enum Verdict {
        COMPATIBLE,
        INCOMPATIBLE,
        /** It is being tried. */
        PROBING,
        NOT_PROBED;

        /** The one with this code; of what a newer service has written, nothing is known here. */
        public static Verdict of(String code) {
            return Stream.of(values())
                    .filter(verdict -> verdict.code().equals(code))
                    .findFirst()
                    .orElse(NOT_PROBED);
        }

        /** As written on the wire. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ImageCompatibility {
        requireNonNull(image, "image is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(probedAt, "probedAt is null");
        requireNonNull(message, "message is null");
    }

    static ImageCompatibility probing(ImageReference image, Instant since) {
        return new ImageCompatibility(
                image,
                Verdict.PROBING,
                null,
                null,
                null,
                since,
                "It is being tried, which takes as long as fetching it. If this stays for more than half an hour, look again.");
    }

    public static ImageCompatibility notProbed(ImageReference image, Instant at, String message) {
        return new ImageCompatibility(image, Verdict.NOT_PROBED, null, null, null, at, message);
    }
}
