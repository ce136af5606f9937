package io.benchtop.service.http.page;

import io.micronaut.http.HttpParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which columns somebody wants a table of runs to have; the address of the page remembers it.
 *
 * @param chosen false where nobody chose and the table shows the first of what there is
 */
record RunColumns(boolean chosen, List<String> metrics, List<String> params, List<String> tags) {

    static final RunColumns USUAL = new RunColumns(false, List.of(), List.of(), List.of());
    private static final int MOST = 40;

    RunColumns {
        metrics = List.copyOf(metrics);
        params = List.copyOf(params);
        tags = List.copyOf(tags);
    }

    static RunColumns of(HttpParameters asked) {
        return asked.contains("columns")
                ? new RunColumns(true, names(asked, "metric"), names(asked, "param"), names(asked, "tag"))
                : USUAL;
    }

    private static List<String> names(HttpParameters asked, String kind) {
        return asked.getAll(kind).stream().distinct().limit(MOST).toList();
    }

    /** What asks for them in an address that asks for something already; empty where nobody chose. */
    String query() {
        if (!chosen) {
            return "";
        }
        StringBuilder query = new StringBuilder("&columns=chosen");
        append(query, "metric", metrics);
        append(query, "param", params);
        append(query, "tag", tags);
        return query.toString();
    }

    private static void append(StringBuilder query, String kind, List<String> names) {
        for (String name : names) {
            query.append('&').append(kind).append('=').append(URLEncoder.encode(name, StandardCharsets.UTF_8));
        }
    }
}
