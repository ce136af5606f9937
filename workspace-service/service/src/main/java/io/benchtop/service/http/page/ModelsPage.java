package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The models that the caller may read.
 *
 * @param search what they were looked for by; empty for all
 */
record ModelsPage(Frame frame, String search, List<Row> models) implements Page {

    ModelsPage {
        requireNonNull(search, "search is null");
        models = List.copyOf(models);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtemodelsGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /**
     * @param latest the newest version that is ready; null before there is any
     * @param aliases the version that each points to
     */
    record Row(
            String address,
            String name,
            String description,
            String owner,
            @Nullable Latest latest,
            Map<String, String> aliases,
            HumaneTime changed) {

        Row {
            aliases = new TreeMap<>(aliases);
        }
    }

    /** @param servable whether an endpoint can serve it */
    record Latest(String version, String address, boolean servable, String by, HumaneTime made) {}
}
