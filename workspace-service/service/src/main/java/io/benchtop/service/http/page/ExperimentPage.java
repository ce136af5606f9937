package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an experiment.
 *
 * @param next from where on there are more; null on the last page
 * @param problem what is wrong with the search; null if nothing is
 */
record ExperimentPage(
        Frame frame,
        String id,
        String name,
        RunSearchForm search,
        RunTable table,
        @Nullable Integer next,
        @Nullable String problem)
        implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JteexperimentGenerated.render(output, NO_INTERCEPTOR, this);
    }

    @Nullable
    String nextAddress() {
        return next == null ? null : search.queryFrom(next);
    }

    String firstAddress() {
        return search.queryFrom(0);
    }
}
