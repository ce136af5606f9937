package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user's login name, which is also the first part of every address and path that belongs to the user.
 *
 * <p>The alphabet is so small that a name never needs escaping in a path, a label or a host name, and two different names
 * can never fold to the same one (SECURITY.md S10): anything else is refused, not normalised. The double hyphen is kept
 * free as a separator.
 */
public record UserName(String value) implements Comparable<UserName> {

    private static final Pattern VALID = Pattern.compile("[a-z](?:-?[a-z0-9])*");
    private static final int MIN_LENGTH = 2;
    private static final int MAX_LENGTH = 32;

    public UserName {
        requireNonNull(value, "value is null");
        if (!isValid(value)) {
            throw ProblemException.invalidField(
                    "name",
                    "must be 2 to 32 lower-case letters a-z, digits or single hyphens, starting with a letter"
                            + " and not ending with a hyphen");
        }
    }

    /** The name if the text is one; for looking up what somebody typed. */
    public static Optional<UserName> find(String text) {
        return isValid(text) ? Optional.of(new UserName(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text.length() >= MIN_LENGTH
                && text.length() <= MAX_LENGTH
                && VALID.matcher(text).matches();
    }

    @Override
    public int compareTo(UserName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
