package io.benchtop.service.spawn;

/** A line of a server's log, made fit to be shown: whoever wrote it is not trusted. */
public final class LogLine {

    private static final int MAX_LENGTH = 2000;

    private LogLine() {}

    /** Terminal colours and other control characters mean nothing on a page and may mean something in a terminal. */
    public static String shown(String line) {
        String plain = line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH) + " …";
    }
}
