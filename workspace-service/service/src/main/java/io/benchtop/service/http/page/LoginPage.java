package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The way in: by an identity provider, by name and password, or both.
 *
 * @param passwords whether name and password let anybody in
 * @param provider how people call the identity provider; null if there is none
 */
record LoginPage(
        Frame frame,
        Form form,
        @Nullable String problem,
        boolean passwords,
        @Nullable String provider) implements Page {

    String providerPath() {
        return "/login/oidc?next=" + URLEncoder.encode(form.value("next"), StandardCharsets.UTF_8);
    }

    /** Where somebody starts to type; nowhere if a click is the usual way in. */
    boolean focuses(String field) {
        return provider == null && field.equals(form.value("name").isEmpty() ? "name" : "password");
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteloginGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
