package io.benchtop.service.endpoint;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names an endpoint for ever, also when another one has its name later. */
public record EndpointId(String value) {

    private static final Pattern VALID = Pattern.compile("ep_[a-z2-7]{20}");
    private static final String LOWER_BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    public EndpointId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not the id of an endpoint: " + value);
        }
    }

    public static EndpointId random() {
        StringBuilder id = new StringBuilder("ep_");
        for (int i = 0; i < 20; i++) {
            id.append(LOWER_BASE32.charAt(RANDOM.nextInt(LOWER_BASE32.length())));
        }
        return new EndpointId(id.toString());
    }

    /** The id if the text is one. */
    public static Optional<EndpointId> find(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new EndpointId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
