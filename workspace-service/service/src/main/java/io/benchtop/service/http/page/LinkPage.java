package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/**
 * Where a one-time link leads: the first administrator chooses name and password, everybody else a password.
 *
 * @param action the link's own path, to which the form goes
 * @param choosesName whether the link makes the first administrator
 * @param expires when the link ends if nobody uses it
 */
record LinkPage(Frame frame, String action, boolean choosesName, Form form, HumaneTime expires) implements Page {

    String title() {
        return choosesName ? "Welcome to Benchtop" : "Choose your password";
    }

    String lead() {
        return choosesName
                ? "Nobody is here yet. You become the first administrator."
                : "From now on you sign in with it. Earlier sessions and tokens of yours end.";
    }

    String submit() {
        return choosesName ? "Create my account" : "Save and sign in";
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtelinkGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
