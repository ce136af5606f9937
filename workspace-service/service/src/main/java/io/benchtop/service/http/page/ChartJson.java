package io.benchtop.service.http.page;

import com.google.gson.Gson;

/** Writes a chart for the script that draws it; as an attribute of the page, so that no text in it is ever read as script. */
final class ChartJson {

    private static final Gson GSON = new Gson();

    private ChartJson() {}

    static String of(Record chart) {
        return GSON.toJson(chart);
    }
}
