package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/** The log of a server, growing while it runs. */
record LogPage(Frame frame, WorkspaceView workspace, String log) implements Page {

    /** Whether new lines are to be expected. */
    boolean isLive() {
        return workspace.isRunning() || workspace.isPending();
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtelogGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
