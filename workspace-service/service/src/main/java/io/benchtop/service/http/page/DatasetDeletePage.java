package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;

/** Asks whether a dataset may go. */
record DatasetDeletePage(Frame frame, DatasetHead dataset, int versions) implements Page {

    DatasetDeletePage {
        requireNonNull(dataset, "dataset is null");
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtedatasetdeleteGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
