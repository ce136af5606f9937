package io.benchtop.service.model;

import io.benchtop.service.problem.ProblemException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version in three numbers. */
public record SemanticVersion(int major, int minor, int patch) implements Comparable<SemanticVersion> {

    static final SemanticVersion FIRST = new SemanticVersion(0, 0, 1);

    private static final int LARGEST = 999_999;
    private static final Pattern VALID = Pattern.compile("(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})");
    private static final Comparator<SemanticVersion> ORDER = Comparator.comparingInt(SemanticVersion::major)
            .thenComparingInt(SemanticVersion::minor)
            .thenComparingInt(SemanticVersion::patch);

    public SemanticVersion {
        if (!usable(major) || !usable(minor) || !usable(patch) || (major | minor | patch) == 0) {
            throw refusal();
        }
    }

    private static boolean usable(int part) {
        return part >= 0 && part <= LARGEST;
    }

    private static ProblemException refusal() {
        return ProblemException.invalidField(
                "version", "must be three numbers with dots, such as 1.2.3, each at most 999999 and not all 0");
    }

    public static SemanticVersion parse(String text) {
        Matcher parts = VALID.matcher(text);
        if (!parts.matches()) {
            throw refusal();
        }
        return new SemanticVersion(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    SemanticVersion next(Bump bump) {
        return switch (bump) {
            case PATCH -> new SemanticVersion(major, minor, patch + 1);
            case MINOR -> new SemanticVersion(major, minor + 1, 0);
            case MAJOR -> new SemanticVersion(major + 1, 0, 0);
        };
    }

    @Override
    public int compareTo(SemanticVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
