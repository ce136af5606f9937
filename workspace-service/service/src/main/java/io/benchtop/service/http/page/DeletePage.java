package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/** Asks whether a workspace may go, and what happens to its files. */
record DeletePage(
        Frame frame,
        WorkspaceView workspace,
        String keptPath,
        @Nullable String problem) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JtedeleteGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
