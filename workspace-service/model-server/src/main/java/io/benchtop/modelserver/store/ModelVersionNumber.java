package io.benchtop.modelserver.store;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A version as text such as {@code 0.0.10}, which comes after {@code 0.0.9}. */
public final class ModelVersionNumber {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern RESERVED =
            Pattern.compile("(con|prn|aux|nul|com[1-9]|lpt[1-9])(\\..*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** By its parts: numbers by value, others by their letters, and numbers before others. */
    public static final Comparator<String> ORDER = ModelVersionNumber::compare;

    private ModelVersionNumber() {}

    /** Whether a text can name a model or a version: never a path. */
    public static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches()
                && !text.contains("..")
                && !RESERVED.matcher(text).matches();
    }

    private static int compare(String left, String right) {
        String[] lefts = left.split("\\.", -1);
        String[] rights = right.split("\\.", -1);
        for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
            int order = compareParts(lefts[i], rights[i]);
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(lefts.length, rights.length);
        return order != 0 ? order : left.compareTo(right);
    }

    private static int compareParts(String left, String right) {
        boolean leftNumber = NUMBER.matcher(left).matches();
        boolean rightNumber = NUMBER.matcher(right).matches();
        if (leftNumber && rightNumber) {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        }
        return leftNumber == rightNumber ? left.compareTo(right) : leftNumber ? -1 : 1;
    }
}
