package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.util.regex.Pattern;

/**
 * Names one person's intention to publish, however often the request for it arrives.
 *
 * @param value the client's own
 * @param requestHash tells two requests apart
 */
public record PublishKey(UserName owner, String value, String requestHash) {

    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,100}");

    public PublishKey {
        requireNonNull(owner, "owner is null");
        requireNonNull(requestHash, "requestHash is null");
        if (!VALID.matcher(value).matches()) {
            throw ProblemException.invalidField(
                    "Idempotency-Key", "must be 1 to 100 printable ASCII characters without spaces");
        }
    }
}
