package io.benchtop.cli.connection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a person typed, as one segment of a path: whatever it is, it stays one. */
public final class PathSegment {

    private PathSegment() {}

    public static String of(String typed) {
        return URLEncoder.encode(typed, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }
}
