package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;

/** The caller's experiments, the latest first. */
record ExperimentsPage(Frame frame, List<Row> experiments) implements Page {

    ExperimentsPage {
        experiments = List.copyOf(experiments);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteexperimentsGenerated.render(output, NO_INTERCEPTOR, this);
    }

    record Row(String id, String name, HumaneTime created) {}
}
