package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/** Everybody's workspaces, for administrators. */
record EverybodyPage(Frame frame, WorkspaceListView list, String summary) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JteeverybodyGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
