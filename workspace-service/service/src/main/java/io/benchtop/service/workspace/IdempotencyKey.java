package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names one intention of a client, however often the request for it arrives. */
public record IdempotencyKey(String value) {

    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,100}");

    public IdempotencyKey {
        requireNonNull(value, "value is null");
        if (!VALID.matcher(value).matches()) {
            throw ProblemException.invalidField(
                    "Idempotency-Key", "must be 1 to 100 printable ASCII characters without spaces");
        }
    }

    /** Tells two requests apart; each part is written with its length, so that no two run together. */
    String hash(WorkspaceCreation.Request request) {
        StringBuilder text = new StringBuilder();
        for (Object part : new Object[] {
            request.displayName(), request.slug(), request.profile(), request.overrides(), request.start()
        }) {
            String written = String.valueOf(part);
            text.append(written.length()).append(':').append(written).append(part == null ? 'n' : 'v');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
