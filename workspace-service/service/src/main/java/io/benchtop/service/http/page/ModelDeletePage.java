package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a model, or one version of it, may go.
 *
 * @param version null for the whole model
 */
record ModelDeletePage(
        Frame frame,
        ModelHead model,
        int versions,
        @Nullable String version) implements Page {

    ModelDeletePage {
        requireNonNull(model, "model is null");
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtemodeldeleteGenerated.render(output, NO_INTERCEPTOR, this);
    }

    String what() {
        return version == null ? model.name() : "version " + version + " of " + model.name();
    }

    String back() {
        return version == null ? model.page() : model.page() + "/" + version;
    }
}
