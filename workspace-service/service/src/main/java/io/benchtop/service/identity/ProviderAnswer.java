package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

/** What became of a code that was shown to the identity provider. */
public sealed interface ProviderAnswer {

    /** The provider says who it is, and everything about its answer is right. */
    record Proven(ExternalClaims claims) implements ProviderAnswer {
        public Proven {
            requireNonNull(claims, "claims is null");
        }
    }

    /**
     * The provider says no, or its answer must not be believed.
     *
     * @param why for the audit log: what was wrong, without anything secret
     */
    record Refused(String why) implements ProviderAnswer {
        public Refused {
            requireNonNull(why, "why is null");
        }
    }

    /** The provider cannot be asked just now, or does not do what a provider has to. */
    record Unreachable(String why) implements ProviderAnswer {
        public Unreachable {
            requireNonNull(why, "why is null");
        }
    }
}
