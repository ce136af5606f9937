package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model and its versions.
 *
 * @param form what may be changed, for those who may
 * @param aliases the version that each points to
 * @param aliasForm an alias that is to be set
 * @param left how many older versions there are than the page shows
 * @param webhooks for its owner
 */
record ModelPage(
        Frame frame,
        ModelHead model,
        Form form,
        Map<String, String> aliases,
        Form aliasForm,
        List<ModelVersionRow> versions,
        int left,
        ModelWebhooks webhooks)
        implements Page {

    ModelPage {
        requireNonNull(model, "model is null");
        requireNonNull(form, "form is null");
        aliases = new TreeMap<>(aliases);
        requireNonNull(aliasForm, "aliasForm is null");
        versions = List.copyOf(versions);
        requireNonNull(webhooks, "webhooks is null");
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtemodelGenerated.render(output, NO_INTERCEPTOR, this);
    }

    boolean isChanging() {
        return form.problem() != null || !form.errors().isEmpty();
    }

    /** To which an alias may point. */
    List<String> pointable() {
        return versions.stream()
                .filter(ModelVersionRow::ready)
                .map(ModelVersionRow::version)
                .toList();
    }
}
