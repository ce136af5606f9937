package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model is called. Two names that differ in case alone are one, and every name can be that of a folder on any machine (S36).
 *
 * @param value as its owner writes it
 */
public record ModelName(String value) implements Comparable<ModelName> {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** Names that Windows gives to devices, with whatever extension. */
    private static final Set<String> DEVICES = Stream.concat(
                    Stream.of("con", "prn", "aux", "nul"),
                    IntStream.rangeClosed(1, 9).boxed().flatMap(port -> Stream.of("com" + port, "lpt" + port)))
            .collect(Collectors.toUnmodifiableSet());

    public ModelName {
        requireNonNull(value, "value is null");
        String stem = value.split("\\.", 2)[0].toLowerCase(Locale.ROOT);
        if (!VALID.matcher(value).matches() || value.contains("..") || value.endsWith(".") || DEVICES.contains(stem)) {
            throw ProblemException.invalidField(
                    "name",
                    "must be 1 to 63 characters: letters, digits, and inside also . _ - but not two dots in a row, a dot at the"
                            + " end or a name that Windows keeps for devices, such as con");
        }
    }

    /** The one spelling by which models are told apart; the name of the folder, too. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(ModelName other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return value;
    }
}
