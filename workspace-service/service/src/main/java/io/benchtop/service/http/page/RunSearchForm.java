package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What somebody looks for among runs.
 *
 * @param filter a search as MLflow writes it, or empty
 * @param order a field with ASC or DESC behind it, or empty: the latest first
 * @param from how many are passed over
 * @param columns what of them is shown
 */
record RunSearchForm(String filter, String order, int from, RunColumns columns) {

    RunSearchForm {
        requireNonNull(filter, "filter is null");
        requireNonNull(order, "order is null");
        requireNonNull(columns, "columns is null");
    }

    /** What asks for the same from another place on. */
    String queryFrom(int other) {
        return usualColumns() + "&from=" + other + columns.query();
    }

    /** What asks for the same with the columns that there are if nobody chooses. */
    String usualColumns() {
        return "?filter=" + encoded(filter) + "&order=" + encoded(order);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
