package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path on this very host to which a browser may be sent (S06). What could mean another host to any browser – a second
 * slash, a backslash, a control character, in whatever encoding – is not such a path; instead of repairing it, the start
 * page is taken.
 *
 * @param value raw path and query, beginning with one slash
 */
public record LocalPath(String value) {

    private static final int MAX_LENGTH = 2000;

    /** Visible ASCII but backslash; anything else arrives percent-encoded from an honest page. */
    private static final Pattern ALLOWED = Pattern.compile("/[!-\\[\\]-~]*");

    private static final Pattern ENCODED_TROUBLE = Pattern.compile("%(?:2f|5c|0[0-9a-f]|1[0-9a-f]|7f|25)");

    /** The dashboard. */
    public static final LocalPath START = new LocalPath("/");

    public LocalPath {
        requireNonNull(value, "value is null");
        if (!isLocal(value)) {
            throw new IllegalArgumentException("not a path on this host");
        }
    }

    /** The path that was asked for, or the start page if it is missing or might lead elsewhere. */
    public static LocalPath orStart(@Nullable String text) {
        return text != null && isLocal(text) ? new LocalPath(text) : START;
    }

    /** The sign-in page that leads back here. */
    public LocalPath viaSignIn() {
        return equals(START)
                ? new LocalPath("/login")
                : new LocalPath("/login?next=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private static boolean isLocal(String text) {
        if (text.length() > MAX_LENGTH || !ALLOWED.matcher(text).matches()) {
            return false;
        }
        int end = text.indexOf('?');
        String path = (end < 0 ? text : text.substring(0, end)).toLowerCase(Locale.ROOT);
        int second = path.indexOf('/', 1);
        String firstSegment = second < 0 ? path : path.substring(0, second);
        return !path.contains("//") && !ENCODED_TROUBLE.matcher(firstSegment).find();
    }

    @Override
    public String toString() {
        return value;
    }
}
