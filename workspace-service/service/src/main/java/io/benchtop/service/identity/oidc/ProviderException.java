package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

/** The provider's word could not be had, or is not taken. */
abstract sealed class ProviderException extends Exception {

    private final String why;

    private ProviderException(String why) {
        super(why);
        this.why = requireNonNull(why, "why is null");
    }

    /** For the audit log; holds no secret. */
    String why() {
        return why;
    }

    /** It does not answer, or not as a provider does: later may be better. */
    static final class Unreachable extends ProviderException {
        Unreachable(String why) {
            super(why);
        }
    }

    /** It said no, or something that must not be believed. */
    static final class Refused extends ProviderException {
        Refused(String why) {
            super(why);
        }
    }
}
