package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/**
 * One workspace: what it is and does, and what can be changed about it.
 *
 * @param seenState the state that the browser shows; empty for a whole page
 */
record WorkspacePage(Frame frame, WorkspaceView workspace, Form form, ProfilePicker picker, String seenState)
        implements Page {

    /** Whether the rest of the page, its buttons above all, no longer fits the state. */
    boolean isOutdated() {
        return !seenState.isEmpty() && !seenState.equals(workspace.code());
    }

    /** The state that the whole page was made for. */
    String shownState() {
        return seenState.isEmpty() ? workspace.code() : seenState;
    }

    String memoryLimit() {
        Long limit = workspace.workspace().resources().memoryBytes();
        return Limits.sentence("memory", limit == null ? null : HumaneBytes.text(limit), appliedToMemory());
    }

    String resources() {
        return ResourceWords.of(
                workspace.workspace().resources(), workspace.workspace().gpu());
    }

    String processLimit() {
        Integer limit = workspace.workspace().resources().processes();
        return Limits.sentence("processes", limit == null ? null : limit + " processes", appliedToProcesses());
    }

    /** The part that keeps itself fresh. */
    Page facts() {
        return output -> JteworkspacefactsGenerated.render(output, NO_INTERCEPTOR, this);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteworkspaceGenerated.render(output, NO_INTERCEPTOR, this);
    }

    private String appliedToMemory() {
        var limits = workspace.workspace().limits();
        return limits == null ? "" : limits.memory();
    }

    private String appliedToProcesses() {
        var limits = workspace.workspace().limits();
        return limits == null ? "" : limits.processes();
    }
}
