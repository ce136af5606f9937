package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Somebody else's program that is told what happens to a model.
 *
 * @param sealedSecret what deliveries are signed with, sealed with the installation's key
 */
public record Webhook(
        WebhookId id,
        ModelId model,
        URI url,
        Set<WebhookEvent> events,
        String sealedSecret,
        UserName createdBy,
        Instant createdAt) {

    private static final int LONGEST = 2000;
    private static final int MOST_PORT = 65_535;

    public Webhook {
        requireNonNull(id, "id is null");
        requireNonNull(model, "model is null");
        requireNonNull(url, "url is null");
        requireNonNull(sealedSecret, "sealedSecret is null");
        requireNonNull(createdBy, "createdBy is null");
        requireNonNull(createdAt, "createdAt is null");
        if (events.isEmpty()) {
            throw ProblemException.invalidField("events", "must have at least one");
        }
        events = Set.copyOf(EnumSet.copyOf(events));
    }

    /** An address of the web, of a host, without a password and without a fragment. */
    static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (web
                    && text.length() <= LONGEST
                    && url.getHost() != null
                    && isPort(url.getPort())
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Said below.
        }
        throw ProblemException.invalidField(
                "url",
                "must be an address such as https://hooks.example.org/models of at most " + LONGEST
                        + " characters, without a user, a password or a fragment");
    }

    /** -1 is the scheme's own. */
    private static boolean isPort(int port) {
        return port == -1 || (port > 0 && port <= MOST_PORT);
    }

    /** An address may have a token in it. */
    @Override
    public String toString() {
        return "Webhook[" + id + ", " + url.getHost() + ", " + events + "]";
    }
}
