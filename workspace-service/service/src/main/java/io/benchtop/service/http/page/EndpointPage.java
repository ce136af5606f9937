package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint: what it does now, what it did, how it is asked, and what its owner does with it.
 *
 * @param callers who may call it, in words
 * @param trials its A/B tests, the newest first
 * @param form its settings, for those who may change them
 * @param clients who asks it, for those who may change it
 * @param request to try it with
 * @param tokens those that the caller made for it
 * @param created the token just made, shown this once
 */
record EndpointPage(
        Frame frame,
        EndpointLive live,
        String owner,
        String callers,
        String url,
        List<TrialRow> trials,
        TrafficCharts charts,
        ClientRows clients,
        EndpointSnippets snippets,
        String request,
        Form rollbackForm,
        Form form,
        List<String> hardware,
        List<AccountPage.TokenRow> tokens,
        AccountPage.@Nullable CreatedTokenView created,
        Form tokenForm)
        implements Page {

    EndpointPage {
        requireNonNull(live, "live is null");
        requireNonNull(form, "form is null");
        hardware = List.copyOf(hardware);
        trials = List.copyOf(trials);
        tokens = List.copyOf(tokens);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteendpointGenerated.render(output, NO_INTERCEPTOR, this);
    }

    boolean isChanging() {
        return form.problem() != null || !form.errors().isEmpty();
    }

    /** Where a browser asks it, at the same origin. */
    String infer() {
        return "/serve/" + live.name() + "/v2/models/" + live.name() + "/infer";
    }
}
