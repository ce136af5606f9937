package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's own password and tokens.
 *
 * @param created the token just made, shown this once
 * @param provider where the person signs in instead of by a password here; null if by a password
 */
record AccountPage(
        Frame frame,
        Person person,
        List<TokenRow> tokens,
        @Nullable CreatedTokenView created,
        Form tokenForm,
        Form passwordForm,
        @Nullable String provider)
        implements Page {

    AccountPage {
        tokens = List.copyOf(tokens);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteaccountGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /** A token without its secret. */
    record TokenRow(String id, String name, @Nullable HumaneTime used, HumaneTime expires) {}

    /** A token with its secret, which stays out of logs. */
    record CreatedTokenView(String name, String secret, HumaneTime expires) {

        @Override
        public String toString() {
            return "CreatedTokenView[" + name + "]";
        }
    }
}
