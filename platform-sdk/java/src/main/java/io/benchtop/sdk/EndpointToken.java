package io.benchtop.sdk;

import java.time.Instant;
import java.util.Map;

/**
 * A token that opens one endpoint and nothing else.
 *
 * @param token the secret; it is told once, and never shown
 * @param client what requests with it are counted under
 * @param expiresAt when it ends
 */
public record EndpointToken(String token, String client, Instant expiresAt) implements Shown {

    @Override
    public Map<String, String> shown() {
        return Words.table(
                "client", client, "expires", Words.ofInstant(expiresAt), "token", "in token(), told only this time");
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
