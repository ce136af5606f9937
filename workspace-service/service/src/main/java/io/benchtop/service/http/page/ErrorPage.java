package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/** A refusal or a failure, told to a person. */
record ErrorPage(Frame frame, int status, String title, String detail, String code) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JteerrorGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
