package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/** Asks whether a profile is to be deleted. */
record ProfileDeletePage(
        Frame frame, String slug, String name, @Nullable String problem) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JteprofiledeleteGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
