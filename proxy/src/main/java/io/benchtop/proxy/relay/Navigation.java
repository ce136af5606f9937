package io.benchtop.proxy.relay;

import static io.benchtop.proxy.http.FieldName.ACCEPT;
import static io.benchtop.proxy.http.FieldName.SEC_FETCH_MODE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.benchtop.proxy.http.Ascii;
import io.benchtop.proxy.http.FieldLines;
import io.benchtop.proxy.http.RequestHead;
import java.util.HexFormat;

/** Questions about a request that tell a person's click from a program's call. Pure. */
final class Navigation {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Navigation() {}

    /** Whether somebody waits for a page: a browser says so; for others the wish for HTML is the sign. */
    static boolean isNavigation(RequestHead head) {
        if (!head.isMethod("GET") || head.isWebSocket()) {
            return false;
        }
        FieldLines fields = head.fields();
        if (fields.has(SEC_FETCH_MODE)) {
            return fields.is(SEC_FETCH_MODE, "navigate");
        }
        return fields.listHas(ACCEPT, "text/html");
    }

    /** Whether this is something a person did, not the polling and saving of layout that an open tab does by itself. */
    static boolean showsAPerson(RequestHead head, int prefixEnd) {
        if (head.isSafe()) {
            return isNavigation(head);
        }
        return !Ascii.startsWith(head.bytes(), prefixEnd, head.pathEnd(), "lab/api/workspaces")
                && !Ascii.startsWith(head.bytes(), prefixEnd, head.pathEnd(), "api/me");
    }

    /** The end of {@code /user/<name>/<slug>/} in the path, or -1 when the path is shorter. */
    static int prefixEnd(RequestHead head) {
        int slashes = 0;
        for (int i = head.targetStart(); i < head.pathEnd(); i++) {
            if (head.bytes()[i] == '/' && ++slashes == 4) {
                return i + 1;
            }
        }
        return -1;
    }

    /** The raw target as one query value. */
    static String encode(String target) {
        StringBuilder encoded = new StringBuilder(target.length() + 16);
        for (byte b : target.getBytes(ISO_8859_1)) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (plain || b == '/' || b == '-' || b == '_' || b == '.' || b == '~') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
