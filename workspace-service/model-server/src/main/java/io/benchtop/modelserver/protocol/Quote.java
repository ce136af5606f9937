package io.benchtop.modelserver.protocol;

/** A client's own words inside a message: shortened, and without what would break a line or a log. */
public final class Quote {

    private static final int LONGEST = 100;

    private Quote() {}

    public static String of(String words) {
        String shown = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
