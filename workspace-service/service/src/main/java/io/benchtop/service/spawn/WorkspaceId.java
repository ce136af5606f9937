package io.benchtop.service.spawn;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a workspace, and with it its one server, for ever: {@code ws_} and 12 characters. It stands here and not in the
 * workspace feature because the spawner, which is below that, names servers by it. Safe as a file name.
 */
public record WorkspaceId(String value) {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern VALID = Pattern.compile("ws_[a-z2-7]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public WorkspaceId {
        requireNonNull(value, "value is null");
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("not the id of a workspace: " + value);
        }
    }

    /** The id if the text is one; for looking up what somebody sent. */
    public static Optional<WorkspaceId> find(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new WorkspaceId(text)) : Optional.empty();
    }

    public static WorkspaceId random() {
        StringBuilder id = new StringBuilder("ws_");
        for (int i = 0; i < 12; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new WorkspaceId(id.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
