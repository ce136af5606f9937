package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** An API token as its owner holds it: {@code bt_<id>_<secret>}. The id finds the row, the secret proves the right. */
record TokenSecret(String id, String secret) {

    static final String PREFIX = "bt_";

    private static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 43;
    private static final int SECRET_START = PREFIX.length() + ID_LENGTH + 1;

    TokenSecret {
        requireNonNull(id, "id is null");
        requireNonNull(secret, "secret is null");
        if (id.length() != ID_LENGTH || secret.length() != SECRET_LENGTH) {
            throw new IllegalArgumentException("a token's id has 12 characters and its secret 43");
        }
    }

    static TokenSecret random() {
        return new TokenSecret(Secrets.randomId(), Secrets.random());
    }

    static Optional<TokenSecret> parse(String text) {
        if (text.length() != SECRET_START + SECRET_LENGTH
                || !text.startsWith(PREFIX)
                || text.charAt(SECRET_START - 1) != '_') {
            return Optional.empty();
        }
        return Optional.of(
                new TokenSecret(text.substring(PREFIX.length(), SECRET_START - 1), text.substring(SECRET_START)));
    }

    String text() {
        return PREFIX + id + "_" + secret;
    }

    String hash() {
        return Secrets.hash(secret);
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
