package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/**
 * Asks for a new workspace's name and profile.
 *
 * @param idempotencyKey makes a second click on the button the same request
 */
record CreatePage(Frame frame, Form form, ProfilePicker picker, String idempotencyKey) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JtecreateGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
