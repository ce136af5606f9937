package io.benchtop.service.identity;

import org.jspecify.annotations.Nullable;

/**
 * What the address says with which the browser comes back from the identity provider. Anybody can make a browser open such
 * an address, so nothing of it counts before {@link ExternalSignIn} has compared the state.
 *
 * @param issuer which provider says so (RFC 9207), if it does
 * @param error why there is no code
 */
public record ProviderCallback(
        @Nullable String state,
        @Nullable String code,
        @Nullable String issuer,
        @Nullable String error) {

    /** A code stays out of logs. */
    @Override
    public String toString() {
        return "ProviderCallback[" + (code == null ? "without" : "with") + " code]";
    }
}
