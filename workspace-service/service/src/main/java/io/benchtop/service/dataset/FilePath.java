package io.benchtop.service.dataset;

import io.benchtop.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a file is in its version: names separated by slashes, none of which leads elsewhere. Folders named {@code column=value} are
 * partitions, as Hive, Spark and Arrow write them.
 */
public record FilePath(String value) implements Comparable<FilePath> {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST = 1000;
    private static final int DEEPEST = 16;

    public FilePath {
        List<String> names = List.of(value.split("/", -1));
        if (value.length() > LONGEST
                || names.size() > DEEPEST
                || !names.stream().allMatch(FilePath::usable)) {
            throw ProblemException.invalidField(
                    "path",
                    "must be names of files separated by slashes: at most " + LONGEST + " characters and " + DEEPEST
                            + " names, none empty, . or .., or with backslashes or control characters");
        }
    }

    private static boolean usable(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && name.chars().noneMatch(each -> Character.isISOControl(each) || each == '\\');
    }

    List<String> names() {
        return List.of(value.split("/", -1));
    }

    /** The values of the folders that are partitions, by column, the outermost first. */
    public Map<String, String> partition() {
        Map<String, String> found = new LinkedHashMap<>();
        List<String> names = names();
        for (String folder : names.subList(0, names.size() - 1)) {
            int sign = folder.indexOf('=');
            if (sign > 0) {
                String text = folder.substring(sign + 1);
                found.put(folder.substring(0, sign), text.equals("__HIVE_DEFAULT_PARTITION__") ? "" : text);
            }
        }
        return found;
    }

    @Override
    public int compareTo(FilePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
