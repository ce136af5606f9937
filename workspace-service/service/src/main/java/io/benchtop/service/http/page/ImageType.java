package io.benchtop.service.http.page;

import io.micronaut.http.MediaType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pictures that a browser may show as they are: it only paints them. Not SVG, which can hold script. */
final class ImageType {

    /** How many are shown on one page. */
    static final int MOST_THUMBNAILS = 60;

    private static final long LARGEST_THUMBNAIL = 8L * 1024 * 1024;

    private static final Map<String, MediaType> BY_ENDING = Map.of(
            "png", MediaType.of("image/png"),
            "jpg", MediaType.of("image/jpeg"),
            "jpeg", MediaType.of("image/jpeg"),
            "gif", MediaType.of("image/gif"),
            "webp", MediaType.of("image/webp"));

    private ImageType() {}

    /** By the name alone: a browser that is told a type and not to guess shows nothing else as a picture. */
    static Optional<MediaType> of(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(BY_ENDING.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }

    /** Whether a file is a picture that is shown among others: larger ones would keep a page waiting. */
    static boolean isThumbnail(String name, long size) {
        return of(name).isPresent() && size <= LARGEST_THUMBNAIL;
    }
}
