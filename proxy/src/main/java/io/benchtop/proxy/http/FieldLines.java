package io.benchtop.proxy.http;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * The header lines of one message as offsets into its bytes. Nothing is copied or decoded; an instance is reused for
 * one head after another and is valid only until the next {@link #parse}.
 *
 * <p>Refuses what parsers are known to disagree about: folded lines, a space before the colon, bare line feeds,
 * control characters.
 */
// Ordinals index plain arrays here: this is read for every line of every request.
@SuppressWarnings("EnumOrdinal")
public final class FieldLines {

    static final int LIMIT = 128;
    private static final FieldName[] NAMES = FieldName.values();

    private byte[] bytes = new byte[0];
    private int count;
    private final int[] lineStart = new int[LIMIT + 1];
    private final int[] nameEnd = new int[LIMIT];
    private final int[] valueStart = new int[LIMIT];
    private final int[] valueEnd = new int[LIMIT];
    private final FieldName[] names = new FieldName[LIMIT];
    private final int[] first = new int[NAMES.length];
    private final int[] occurrences = new int[NAMES.length];

    FieldLines() {}

    /** Reads the lines from {@code position} to {@code end}, which is where the empty line begins. */
    void parse(byte[] source, int position, int end) throws BadMessageException {
        bytes = source;
        count = 0;
        Arrays.fill(first, -1);
        Arrays.fill(occurrences, 0);
        int next = position;
        while (next < end) {
            if (count == LIMIT) {
                throw new BadMessageException("The message has more than " + LIMIT + " header lines.");
            }
            next = line(next, end);
        }
        lineStart[count] = end;
    }

    private int line(int start, int end) throws BadMessageException {
        int position = start;
        while (position < end && Ascii.isToken(bytes[position])) {
            position++;
        }
        if (position == start || position == end || bytes[position] != ':') {
            throw new BadMessageException(
                    "A header line has no proper name: it is folded, has a space before the colon, or a forbidden"
                            + " character.");
        }
        lineStart[count] = start;
        nameEnd[count] = position++;
        while (Ascii.isBlank(bytes[position])) {
            position++;
        }
        valueStart[count] = position;
        while (Ascii.isFieldContent(bytes[position])) {
            position++;
        }
        if (bytes[position] != '\r' || bytes[position + 1] != '\n') {
            throw new BadMessageException("A header value holds a control character or a bare line break.");
        }
        int last = position;
        while (last > valueStart[count] && Ascii.isBlank(bytes[last - 1])) {
            last--;
        }
        valueEnd[count] = last;
        remember(FieldName.of(bytes, start, nameEnd[count]));
        return position + 2;
    }

    private void remember(FieldName name) {
        names[count] = name;
        int ordinal = name.ordinal();
        if (occurrences[ordinal]++ == 0) {
            first[ordinal] = count;
        }
        count++;
    }

    /** How many lines there are. */
    public int count() {
        return count;
    }

    /** The bytes that all offsets point into. */
    public byte[] bytes() {
        return bytes;
    }

    /** Index of the first line of that name, or -1. */
    public int first(FieldName name) {
        return first[name.ordinal()];
    }

    /** Index of the first line whose name is this, ignoring case, or -1; for names that are settings. */
    public int find(String lowerCase) {
        for (int line = 0; line < count; line++) {
            if (Ascii.equalsIgnoreCase(bytes, lineStart[line], nameEnd[line], lowerCase)) {
                return line;
            }
        }
        return -1;
    }

    /** How often the name occurs. */
    public int occurrences(FieldName name) {
        return occurrences[name.ordinal()];
    }

    public boolean has(FieldName name) {
        return first[name.ordinal()] >= 0;
    }

    public FieldName name(int line) {
        return names[line];
    }

    public int lineStart(int line) {
        return lineStart[line];
    }

    /** Where the next line begins, after this one's line break. */
    public int lineEnd(int line) {
        return lineStart[line + 1];
    }

    public int nameEnd(int line) {
        return nameEnd[line];
    }

    public int valueStart(int line) {
        return valueStart[line];
    }

    public int valueEnd(int line) {
        return valueEnd[line];
    }

    /** The value of the first line of that name, or the empty string. */
    public String value(FieldName name) {
        int line = first(name);
        return line < 0 ? "" : Ascii.text(bytes, valueStart[line], valueEnd[line]);
    }

    /** The values of all lines of that name as one list. */
    public String list(FieldName name) {
        StringJoiner list = new StringJoiner(",");
        for (int line = 0; line < count; line++) {
            if (names[line] == name) {
                list.add(Ascii.text(bytes, valueStart[line], valueEnd[line]));
            }
        }
        return list.toString();
    }

    /** Whether the first line of that name has exactly this value, ignoring case. */
    public boolean is(FieldName name, String lowerCase) {
        int line = first(name);
        return line >= 0 && Ascii.equalsIgnoreCase(bytes, valueStart[line], valueEnd[line], lowerCase);
    }

    /** Whether any line of that name, read as a list, has the member. */
    public boolean listHas(FieldName name, String lowerCase) {
        for (int line = Math.max(first(name), 0); has(name) && line < count; line++) {
            if (names[line] == name && Ascii.listContains(bytes, valueStart[line], valueEnd[line], lowerCase)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a {@code Connection} line names this line as hop-by-hop. Fields that the proxy knows to be end to end are
     * exempt: a sender must not be able to have credentials or framing removed on the way.
     */
    public boolean namedByConnection(int line) {
        if (!has(FieldName.CONNECTION) || names[line].isProtected()) {
            return false;
        }
        String name = lowerName(line);
        return listHas(FieldName.CONNECTION, name);
    }

    private String lowerName(int line) {
        byte[] lower = Arrays.copyOfRange(bytes, lineStart[line], nameEnd[line]);
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (byte) Ascii.lower(lower[i]);
        }
        return Ascii.text(lower, 0, lower.length);
    }
}
