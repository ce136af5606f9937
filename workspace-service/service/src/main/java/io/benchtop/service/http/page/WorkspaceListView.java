package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of workspaces, a page of its own and a part that keeps itself fresh: it asks for itself again, tells what it
 * shows, and is answered with nothing while that is still true, so nothing flickers and no focus is lost.
 *
 * @param everybodys whether it shows everybody's workspaces or the person's own
 * @param seen digest of what is shown; empty while that is being computed
 * @param problem why the last action was refused, if it was
 */
record WorkspaceListView(
        Frame frame,
        List<WorkspaceView> workspaces,
        boolean everybodys,
        String seen,
        @Nullable String problem) implements Part {

    WorkspaceListView {
        workspaces = List.copyOf(workspaces);
    }

    static WorkspaceListView of(
            Frame frame, List<WorkspaceView> workspaces, boolean everybodys, @Nullable String problem) {
        WorkspaceListView unseen = new WorkspaceListView(frame, workspaces, everybodys, "", problem);
        return new WorkspaceListView(frame, workspaces, everybodys, Assets.digest(unseen.html()), problem);
    }

    boolean showsOwner() {
        return everybodys;
    }

    /** The page that this is a part of. */
    String home() {
        return everybodys ? Section.EVERYBODY.path() : Section.WORKSPACES.path();
    }

    String address() {
        return (everybodys ? "/admin/workspaces/list" : "/workspaces/list") + "?seen=" + seen;
    }

    /** Livelier while something is about to change. */
    String interval() {
        return workspaces.stream().anyMatch(WorkspaceView::isPending) ? "1s" : "3s";
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteworkspacelistGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
