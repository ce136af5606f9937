package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;

/** The log of a server, growing while it runs. */
record LogPage(Frame frame, WorkspaceView workspace, String log) implements Page {

    static final int LINES = 1000;

    /** The lines as the plain text that the address of {@link #lines} gives. */
    static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /** Whether new lines are to be expected. */
    boolean isLive() {
        return workspace.isRunning() || workspace.isPending();
    }

    /** Where the same lines are to be had as plain text. */
    String lines() {
        return "/api/v1/workspaces/" + workspace.id() + "/log?lines=" + LINES;
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtelogGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
