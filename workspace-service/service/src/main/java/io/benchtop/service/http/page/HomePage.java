package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/** My workspaces. */
record HomePage(Frame frame, WorkspaceListView list) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JtehomeGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
