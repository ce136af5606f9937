package io.benchtop.service.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads one cookie out of the raw {@code Cookie} headers. Frameworks keep one of two cookies with the same name, and which
 * one is what an attacker who can set cookies plays with (S04), so here both are seen.
 */
final class CookieHeader {

    private CookieHeader() {}

    static List<String> values(List<String> headers, String name) {
        List<String> values = new ArrayList<>();
        for (String header : headers) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(pair.substring(equals + 1).strip());
                }
            }
        }
        return values;
    }
}
