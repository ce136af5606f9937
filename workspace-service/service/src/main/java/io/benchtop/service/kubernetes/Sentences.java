package io.benchtop.service.kubernetes;

import org.jspecify.annotations.Nullable;

/** Makes what the cluster says fit to stand in a sentence: one line, of bounded length, with a full stop. */
public final class Sentences {

    private static final int MAX_LENGTH = 600;

    private Sentences() {}

    public static String of(@Nullable String text) {
        String line = quoted(text);
        return line.isEmpty() || line.endsWith(".") ? line : line + ".";
    }

    /** Without a full stop. */
    public static String quoted(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + " …";
    }
}
