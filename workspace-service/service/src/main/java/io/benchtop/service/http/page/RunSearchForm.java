package io.benchtop.service.http.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What somebody looks for among runs.
 *
 * @param filter a search as MLflow writes it, or empty
 * @param order a field with ASC or DESC behind it, or empty: the latest first
 * @param from how many are passed over
 */
record RunSearchForm(String filter, String order, int from) {

    /** What asks for the same from another place on. */
    String queryFrom(int other) {
        return "?filter=" + encoded(filter) + "&order=" + encoded(order) + "&from=" + other;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
