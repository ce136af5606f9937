package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;

/** Asks what a new dataset is called and who may read it. */
record NewDatasetPage(Frame frame, Form form) implements Page {

    NewDatasetPage {
        requireNonNull(form, "form is null");
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtedatasetnewGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
