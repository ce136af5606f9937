package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/** The way in: name and password. */
record LoginPage(Frame frame, Form form, @Nullable String problem) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JteloginGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
