package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;

/**
 * Leads from Benchtop, where nobody is signed in any more, on to signing out at the identity provider. It is a page of its
 * own because the content security policy lets no form end at another site, not even by way of a redirect.
 *
 * @param address the provider's
 */
record SignedOutPage(Frame frame, String provider, String address) implements Page {

    @Override
    public void render(HtmlTemplateOutput output) {
        JtesignedoutGenerated.render(output, NO_INTERCEPTOR, this);
    }
}
