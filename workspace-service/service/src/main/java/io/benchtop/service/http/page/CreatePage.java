package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;

/**
 * Asks for a new workspace's name and profile.
 *
 * @param idempotencyKey makes a second click on the button the same request
 */
record CreatePage(Frame frame, Form form, List<ProfileView> profiles, String defaultProfile, String idempotencyKey)
        implements Page {

    CreatePage {
        profiles = List.copyOf(profiles);
    }

    String chosenProfile() {
        String chosen = form.value("profile");
        return profiles.stream().anyMatch(profile -> profile.slug().equals(chosen)) ? chosen : defaultProfile;
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtecreateGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
