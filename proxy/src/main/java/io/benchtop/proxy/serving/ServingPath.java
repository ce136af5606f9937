package io.benchtop.proxy.serving;

import io.benchtop.proxy.http.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * A path below {@code /serve/}, taken apart. No name in it needs an escape, so one with an escape or an empty part leads
 * nowhere: what is authorised here cannot be spelt in another way that a model-server would read differently.
 *
 * @param endpoint the endpoint's name
 * @param restStart where the path that the model-server sees begins
 * @param version the version that the caller wants; null for whichever it falls to
 * @param kind what is asked for
 */
public record ServingPath(
        String endpoint, int restStart, @Nullable String version, Kind kind) {

    private static final String PREFIX = "/serve/";

    /** What a path asks for. */
    public enum Kind {
        /** Answered by computing, without any effect. */
        INFER,
        /** Other calls of the protocol; those that only read have no effect either. */
        OTHER,
        /** Loading and unloading models. */
        CONTROL,
        /** Nothing that is served. */
        NOTHING
    }

    /** Whether the raw path in the range is ours to judge. */
    public static boolean isBelow(byte[] bytes, int start, int end) {
        return Ascii.startsWith(bytes, start, end, PREFIX);
    }

    /** Reads a raw path that {@link #isBelow} accepts. */
    public static ServingPath of(byte[] bytes, int start, int end) {
        String path = Ascii.text(bytes, start, end);
        int slash = path.indexOf('/', PREFIX.length());
        if (slash < 0) {
            return new ServingPath(path.substring(PREFIX.length()), end, null, Kind.NOTHING);
        }
        String endpoint = path.substring(PREFIX.length(), slash);
        String rest = path.substring(slash);
        boolean strange = rest.indexOf('%') >= 0 || rest.contains("//") || rest.indexOf(';') >= 0;
        if (strange || !(rest.equals("/v2") || rest.startsWith("/v2/"))) {
            return new ServingPath(endpoint, start + slash, null, Kind.NOTHING);
        }
        return new ServingPath(endpoint, start + slash, version(rest), kind(rest));
    }

    private static Kind kind(String rest) {
        if (rest.startsWith("/v2/repository") && !rest.equals("/v2/repository/index")) {
            return Kind.CONTROL;
        }
        return rest.startsWith("/v2/models/") && rest.endsWith("/infer") ? Kind.INFER : Kind.OTHER;
    }

    /** {@code V} of {@code /v2/models/M/versions/V} and what may follow. */
    private static @Nullable String version(String rest) {
        String[] parts = rest.split("/", 7);
        boolean has =
                parts.length >= 6 && parts[2].equals("models") && parts[4].equals("versions") && !parts[5].isEmpty();
        return has ? parts[5] : null;
    }
}
