package io.benchtop.service.http;

import io.benchtop.service.identity.KeyedHash;

/**
 * The second proof that a change comes from one of our pages: a token that only a page of this very session was given
 * (S03). It is computed from the session's id, so nothing is stored and another user's token is of no use.
 *
 * <p>A page puts it into a form as {@link #FORM_FIELD}, or sends it as the header {@link #HEADER}.
 */
public final class CsrfTokens {

    public static final String FORM_FIELD = "_csrf";
    public static final String HEADER = "X-CSRF-Token";

    private final KeyedHash secrets;

    CsrfTokens(byte[] key) {
        this.secrets = new KeyedHash(key);
    }

    public String of(String sid) {
        return secrets.text(purpose(sid));
    }

    boolean matches(String sid, String token) {
        return secrets.matches(purpose(sid), token);
    }

    private static String purpose(String sid) {
        return "csrf:" + sid;
    }
}
