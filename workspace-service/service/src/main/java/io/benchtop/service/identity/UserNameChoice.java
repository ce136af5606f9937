package io.benchtop.service.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes user names for a person whom the identity provider vouches for, best first. Pure.
 *
 * <p>The wish is the preferred name, else the e-mail address; of it counts what stands before the {@code @}, in lower case
 * and without accents, every run of other characters as one hyphen, a {@code u} before a digit. What is then no name
 * becomes {@code user}. If the first is taken, by whomever, a number is added: {@code anna}, {@code anna-2}. Different
 * people often wish the same, so the caller takes the first that the database did not have, and remembers for whom (S10).
 */
final class UserNameChoice {

    private static final String FALLBACK = "user";
    private static final int MOST = 999;

    /** Leaves room for a hyphen and a number. */
    private static final int MAX_BASE = 28;

    private UserNameChoice() {}

    static Stream<UserName> candidates(ExternalClaims claims) {
        String base = Stream.of(claims.preferredName(), claims.email())
                .filter(Objects::nonNull)
                .map(UserNameChoice::base)
                .filter(text -> UserName.find(text).isPresent())
                .findFirst()
                .orElse(FALLBACK);
        return IntStream.rangeClosed(1, MOST)
                .mapToObj(number -> new UserName(number == 1 ? base : base + "-" + number));
    }

    private static String base(String wish) {
        int at = wish.indexOf('@');
        String plain = Normalizer.normalize(at > 0 ? wish.substring(0, at) : wish, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-", "")
                .replaceAll("^(?=[0-9])", "u");
        return plain.substring(0, Math.min(MAX_BASE, plain.length())).replaceAll("-$", "");
    }
}
