package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/** Where JupyterLab's own "Log Out" leads: a link must not sign anybody out, so it asks. */
record SignOutPage(Frame frame) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JtesignoutGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
