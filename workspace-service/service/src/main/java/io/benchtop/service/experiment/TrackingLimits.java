package io.benchtop.service.experiment;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.util.regex.Pattern;

/** What names and texts may be: MLflow's own limits, so that what a client checks for itself is never refused here. */
final class TrackingLimits {

    static final int NAME = 500;
    static final int DIGEST = 36;
    private static final int KEY = 250;
    private static final int PARAM = 6_000;
    private static final int TAG = 8_000;
    private static final int EXPERIMENT_TAG = 20_000;

    private static final Pattern KEYS = Pattern.compile("[/\\w.\\- :]+", Pattern.UNICODE_CHARACTER_CLASS);

    private TrackingLimits() {}

    static void checkName(String name) {
        checkLength("name", name, NAME);
    }

    static void checkRunName(String name) {
        requireNonNull(name, "name is null");
        if (length(name) > NAME) {
            throw tooLong("run_name", length(name), NAME);
        }
    }

    static void checkLength(String field, String text, int longest) {
        requireNonNull(text, "text is null");
        if (text.isBlank()) {
            throw ProblemException.invalidField(field, "must not be empty");
        }
        if (length(text) > longest) {
            throw tooLong(field, length(text), longest);
        }
        checkNoNull(field, text);
    }

    /** A key becomes a file's name where clients keep runs in folders, so it must be able to be one. */
    static void checkKey(String kind, String key) {
        checkLength(kind, key, KEY);
        boolean path = key.startsWith("/")
                || key.startsWith(".")
                || key.endsWith("/")
                || key.contains("//")
                || key.contains("/.");
        if (path || !KEYS.matcher(key).matches()) {
            throw ProblemException.invalidField(
                    kind,
                    "the name \"" + key
                            + "\" may hold letters, digits, _ - . : / and spaces, and must read like the path of a"
                            + " file");
        }
    }

    /** A value that is too long loses its end and nothing is refused, as MLflow's own servers do. */
    static String param(String key, String value) {
        checkKey("params", key);
        return fitting("params: the value of \"" + key + "\"", value, PARAM);
    }

    /** The same for tags of runs. */
    static String runTag(String key, String value) {
        checkKey("tags", key);
        return fitting("tags: the value of \"" + key + "\"", value, TAG);
    }

    private static String fitting(String field, String value, int longest) {
        checkNoNull(field, value);
        return length(value) <= longest ? value : value.substring(0, value.offsetByCodePoints(0, longest));
    }

    /** Others than of runs are refused if they are too long. */
    static void checkExperimentTag(String key, String value) {
        checkTag(key, value, EXPERIMENT_TAG);
    }

    static void checkInputTag(String key, String value) {
        checkTag(key, value, TAG);
    }

    private static void checkTag(String key, String value, int longest) {
        checkKey("tags", key);
        if (length(value) > longest) {
            throw tooLong("tags: the value of \"" + key + "\"", length(value), longest);
        }
        checkNoNull("tags: the value of \"" + key + "\"", value);
    }

    /** In characters as people and databases count them. */
    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** PostgreSQL cannot keep one. */
    private static void checkNoNull(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(field, "must not hold the character NUL");
        }
    }

    private static ProblemException tooLong(String field, int length, int longest) {
        return ProblemException.invalidField(
                field, "has " + length + " characters, and at most " + longest + " are kept; log it as an artifact");
    }
}
