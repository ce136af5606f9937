package io.benchtop.service.workspace;

import io.benchtop.service.spawn.Slug;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Makes a slug of a display name. Many names give the same first choice; what is unique is only the slug that was free, and
 * the database has the last word on that.
 */
final class SlugChoice {

    /** Leaves room for a number behind it. */
    private static final int MAX_BASE = Slug.MAX_LENGTH - 8;

    private static final String FALLBACK = "workspace";
    private static final int MANY = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SlugChoice() {}

    /** The first free one of {@code name}, {@code name-2}, {@code name-3} and so on; after many of them by chance. */
    static Slug choose(String displayName, Predicate<Slug> taken) {
        String base = base(displayName);
        return IntStream.iterate(1, number -> number + 1)
                .map(number -> number < MANY ? number : MANY + RANDOM.nextInt(1_000_000))
                .mapToObj(number -> new Slug(number == 1 ? base : base + "-" + number))
                .filter(taken.negate())
                .findFirst()
                .orElseThrow();
    }

    /** Letters keep their base form without accents; whatever has none, such as Japanese, gives a neutral word. */
    private static String base(String displayName) {
        String plain = Normalizer.normalize(displayName, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = trimmed(
                trimmed(plain).substring(0, Math.min(MAX_BASE, trimmed(plain).length())));
        String lettered = cut.isEmpty() || Character.isLetter(cut.charAt(0)) ? cut : "w-" + cut;
        return Optional.of(lettered).filter(text -> Slug.find(text).isPresent()).orElse(FALLBACK);
    }

    private static String trimmed(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int end = text.length() > start && text.endsWith("-") ? text.length() - 1 : text.length();
        return text.substring(start, end);
    }
}
