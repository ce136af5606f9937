package io.benchtop.service.model;

import io.benchtop.service.problem.ProblemException;
import java.util.Map;
import java.util.TreeMap;

/** What people write of models and versions. */
final class Texts {

    private static final int LONGEST_DESCRIPTION = 4000;
    private static final int MOST_TAGS = 200;
    private static final int LONGEST_KEY = 250;
    private static final int LONGEST_VALUE = 8000;

    private Texts() {}

    static void checkDescription(String text) {
        if (text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(
                    "description", "must have at most " + LONGEST_DESCRIPTION + " characters, none of code 0");
        }
    }

    static Map<String, String> checkedTags(Map<String, String> tags) {
        if (tags.size() > MOST_TAGS || !tags.entrySet().stream().allMatch(Texts::usable)) {
            throw ProblemException.invalidField(
                    "tags",
                    "must be at most " + MOST_TAGS + ", each a name of 1 to " + LONGEST_KEY
                            + " characters and a value of at most " + LONGEST_VALUE);
        }
        return new TreeMap<>(tags);
    }

    private static boolean usable(Map.Entry<String, String> tag) {
        return !tag.getKey().isBlank()
                && tag.getKey().length() <= LONGEST_KEY
                && tag.getValue().length() <= LONGEST_VALUE
                && (tag.getKey() + tag.getValue()).indexOf('\0') < 0;
    }
}
