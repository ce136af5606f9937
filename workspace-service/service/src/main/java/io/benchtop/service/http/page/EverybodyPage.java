package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/** Everybody's workspaces, for administrators. */
record EverybodyPage(Frame frame, WorkspaceListView list, String summary) implements Page {

    static EverybodyPage of(Frame frame, WorkspaceListView list) {
        long running =
                list.workspaces().stream().filter(WorkspaceView::isRunning).count();
        long bytes =
                list.workspaces().stream().mapToLong(WorkspaceView::memoryBytes).sum();
        String summary = running == 0
                ? "None of " + list.workspaces().size() + " is running."
                : running + " of " + list.workspaces().size() + " running, with " + HumaneBytes.text(bytes)
                        + " of memory in use.";
        return new EverybodyPage(frame, list, list.workspaces().isEmpty() ? "" : summary);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteeverybodyGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
