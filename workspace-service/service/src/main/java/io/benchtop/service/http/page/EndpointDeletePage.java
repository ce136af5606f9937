package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;

/** Asks whether an endpoint may go. */
record EndpointDeletePage(Frame frame, String name) implements Page {

    EndpointDeletePage {
        requireNonNull(name, "name is null");
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteendpointdeleteGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
