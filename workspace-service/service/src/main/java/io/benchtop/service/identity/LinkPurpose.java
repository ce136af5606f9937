package io.benchtop.service.identity;

import java.util.Locale;

/** What a one-time sign-in link is for. */
public enum LinkPurpose {
    /** Makes the first administrator, who then chooses name and password. */
    FIRST_ADMIN,
    /** Lets an existing user choose a password: a new user, or one who forgot it. */
    SET_PASSWORD;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static LinkPurpose parse(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
