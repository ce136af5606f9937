package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

/**
 * Who somebody is at an identity provider. Issuer and subject together are the only thing about a person that neither
 * changes nor is given to somebody else (S10): a name or an e-mail address is never looked up.
 */
public record ExternalIdentity(String issuer, String subject) {

    private static final int MAX_LENGTH = 255;

    public ExternalIdentity {
        check(requireNonNull(issuer, "issuer is null"), "issuer");
        check(requireNonNull(subject, "subject is null"), "subject");
    }

    /** OpenID Connect allows 255 ASCII characters; whatever could be folded or cut by a database is not taken. */
    private static void check(String text, String what) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (text.isEmpty() || text.length() > MAX_LENGTH || !plain) {
            throw new IllegalArgumentException(
                    "the " + what + " of an identity is 1 to " + MAX_LENGTH + " visible ASCII characters");
        }
    }
}
