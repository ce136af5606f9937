package io.benchtop.proxy.relay;

import static io.benchtop.proxy.http.FieldName.ACCEPT_ENCODING;
import static io.benchtop.proxy.http.FieldName.CACHE_CONTROL;
import static io.benchtop.proxy.http.FieldName.CONTENT_ENCODING;
import static io.benchtop.proxy.http.FieldName.CONTENT_TYPE;
import static io.benchtop.proxy.http.FieldName.ETAG;
import static io.benchtop.proxy.http.FieldName.IF_MODIFIED_SINCE;
import static io.benchtop.proxy.http.FieldName.IF_NONE_MATCH;
import static io.benchtop.proxy.http.FieldName.RANGE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.http.Ascii;
import io.benchtop.proxy.http.FieldName;
import io.benchtop.proxy.http.RequestHead;
import io.benchtop.proxy.http.ResponseHead;
import io.benchtop.proxy.routing.RouteEntry;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the files that make up JupyterLab's page, and remembers those whose name contains their hash. A server
 * answers for its own user only, so what is remembered belongs to one version of one route and goes with it.
 * Bounded in bytes, least recently used first to go. Thread-safe.
 */
final class StaticFiles {

    private static final long MAX_BYTES = 12L << 20;
    private static final int MIN_LENGTH = 1024;
    private static final Pattern TYPES =
            Pattern.compile("(?:text/(?:javascript|css|html|plain)|application/(?:javascript|json|x-javascript)"
                    + "|image/svg\\+xml)(?:\\s*;.*)?");
    private static final Pattern HASHED =
            Pattern.compile(".*/[^/?]*\\.[0-9a-f]{8,64}\\.(?:js|css|json|svg)(?:\\?v=[0-9a-f]+)?");

    private final LinkedHashMap<Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long keptBytes;

    record Key(RouteEntry entry, String target) {}

    /** A compressed file and the head lines that go with it. */
    static final class Kept {

        private final byte[] head;
        private final byte[] gzip;

        Kept(byte[] head, byte[] gzip) {
            this.head = head;
            this.gzip = gzip;
        }

        byte[] head() {
            return head;
        }

        byte[] gzip() {
            return gzip;
        }
    }

    /** What a request allows: compressing at all, and remembering under which key. */
    record Wish(boolean gzip, @Nullable Key key) {}

    /** Null when the request is not for a static file. */
    static @Nullable Wish wish(RequestHead head, RouteEntry entry, int prefixEnd) {
        boolean candidate = head.isMethod("GET")
                && !head.isWebSocket()
                && !head.isVersionOneZero()
                && !head.fields().has(RANGE)
                && isStatic(head, prefixEnd);
        if (!candidate) {
            return null;
        }
        boolean gzip = head.fields().listHas(ACCEPT_ENCODING, "gzip") && !refusesGzip(head);
        String target = head.target();
        boolean plain = !head.fields().has(IF_NONE_MATCH) && !head.fields().has(IF_MODIFIED_SINCE);
        return new Wish(gzip, gzip && plain && HASHED.matcher(target).matches() ? new Key(entry, target) : null);
    }

    private static boolean isStatic(RequestHead head, int prefixEnd) {
        return Ascii.startsWith(head.bytes(), prefixEnd, head.pathEnd(), "static/")
                || Ascii.startsWith(head.bytes(), prefixEnd, head.pathEnd(), "lab");
    }

    private static boolean refusesGzip(RequestHead head) {
        return head.fields().value(ACCEPT_ENCODING).replace(" ", "").contains("gzip;q=0");
    }

    synchronized @Nullable Kept find(Key key) {
        return kept.get(key);
    }

    synchronized void keep(Key key, Kept file) {
        if (key.entry().isRetired() || kept.containsKey(key)) {
            return;
        }
        kept.put(key, file);
        keptBytes += file.gzip().length;
        var eldest = kept.entrySet().iterator();
        while (keptBytes > MAX_BYTES && eldest.hasNext()) {
            keptBytes -= eldest.next().getValue().gzip().length;
            eldest.remove();
        }
    }

    synchronized void forget(RouteEntry entry) {
        var all = kept.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, Kept> next = all.next();
            if (next.getKey().entry() == entry) {
                keptBytes -= next.getValue().gzip().length;
                all.remove();
            }
        }
    }

    /** Whether this answer gains from compression; whether the client can read it is another question. */
    static boolean isCompressible(ResponseHead answer) {
        return answer.status() == 200
                && answer.length() > MIN_LENGTH
                && !answer.fields().has(CONTENT_ENCODING)
                && !answer.fields().value(CACHE_CONTROL).contains("no-transform")
                && TYPES.matcher(answer.fields().value(CONTENT_TYPE).toLowerCase(Locale.ROOT))
                        .matches();
    }

    /** The lines that change when a body is compressed on its way. */
    static ResponseRewriter.Replacement compressed(ResponseHead answer) {
        String etag = answer.fields().value(ETAG);
        String weak = etag.isEmpty() || etag.startsWith("W/") ? etag : "W/" + etag;
        String lines = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nVary: Accept-Encoding\r\n"
                + (weak.isEmpty() ? "" : "ETag: " + weak + "\r\n");
        return new Lines(true, lines);
    }

    /** The one line that is added when it could have been compressed for another client. */
    static ResponseRewriter.Replacement uncompressed() {
        return new Lines(false, "Vary: Accept-Encoding\r\n");
    }

    private record Lines(boolean compressed, String lines) implements ResponseRewriter.Replacement {

        @Override
        public boolean drops(FieldName name) {
            return compressed
                    && (name == FieldName.CONTENT_LENGTH || name == FieldName.ETAG || name == FieldName.ACCEPT_RANGES);
        }

        @Override
        public void write(ByteBuf out) {
            out.writeCharSequence(lines, ISO_8859_1);
        }
    }

    /** The head lines with which a remembered file is sent again. */
    static byte[] keptHead(ResponseHead answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (FieldName name : new FieldName[] {
            CONTENT_TYPE,
            CACHE_CONTROL,
            FieldName.LAST_MODIFIED,
            FieldName.CONTENT_SECURITY_POLICY,
            FieldName.X_CONTENT_TYPE_OPTIONS
        }) {
            int line = answer.fields().first(name);
            if (line >= 0) {
                head.append(Ascii.text(
                        answer.bytes(),
                        answer.fields().lineStart(line),
                        answer.fields().lineEnd(line)));
            }
        }
        String etag = answer.fields().value(ETAG);
        if (!etag.isEmpty()) {
            head.append("ETag: ")
                    .append(etag.startsWith("W/") ? "" : "W/")
                    .append(etag)
                    .append("\r\n");
        }
        return head.append("Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n")
                .toString()
                .getBytes(ISO_8859_1);
    }
}
