package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.service.experiment.ExperimentRun;

/** One folder of a run. */
record FilesPage(
        Frame frame, String experimentId, String experimentName, String id, String name, String folder, RunFiles files)
        implements Page {

    static FilesPage of(Frame frame, String experimentName, ExperimentRun run, String folder, RunFiles files) {
        return new FilesPage(
                frame, run.experiment().value(), experimentName, run.id().value(), run.name(), folder, files);
    }

    /** What the page is called. */
    String title() {
        return folder.isEmpty() ? "Files" : folder.substring(folder.lastIndexOf('/') + 1);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtefilesGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
