package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;

/**
 * Where files are handed over that become a new version; a script does it, in pieces.
 *
 * @param next the number that the version will have if nobody is faster
 */
record UploadPage(Frame frame, DatasetHead dataset, long next) implements Page {

    UploadPage {
        requireNonNull(dataset, "dataset is null");
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteuploadGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
