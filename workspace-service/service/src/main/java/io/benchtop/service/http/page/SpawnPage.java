package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The start of a workspace, live: phases, elapsed time, log. It never starts anything by being looked at; the form does.
 *
 * @param local whether servers are processes of this machine
 * @param next where to go when it runs, a path below this workspace
 * @param log the log's last lines so far
 * @param refreshed whether this is the part that asks for itself again, which makes the page go on once there is
 *     something else to show; a workspace that was stopped meanwhile is none, or the page would start it again
 * @param startsItself whether the form is sent without a click, because the person just asked for a restart elsewhere
 */
record SpawnPage(
        Frame frame,
        WorkspaceView workspace,
        boolean local,
        String next,
        String log,
        boolean refreshed,
        boolean startsItself)
        implements Page {

    Progress progress() {
        return Progress.of(workspace, local);
    }

    boolean hasArrived() {
        return refreshed && (workspace.isRunning() || workspace.isFailed());
    }

    String progressAddress() {
        return workspace.start() + "/progress?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    /** The part that keeps itself fresh. */
    Page part() {
        return output -> JtespawnprogressGenerated.render(output, NO_INTERCEPTOR, this);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtespawnGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
