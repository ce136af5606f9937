package io.benchtop.proxy.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.benchtop.api.routing.RevokedSession;
import io.benchtop.proxy.control.ControlPlane;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the session of someone who only works inside a server alive: when a cookie has lived half its life a new one
 * is fetched in the background, and later answers to the old cookie carry it. A request never waits for this.
 */
public final class SessionRenewal {

    private static final long RETRY_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final int SESSIONS = 10_000;
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,8192}");

    private final ControlPlane control;
    private final SessionVerifier verifier;
    private final Executor workers;
    private final InstantSource clock;
    private final Gson gson = new Gson();
    private final BoundedCache<String, Attempt> attempts = new BoundedCache<>(SESSIONS);

    public SessionRenewal(ControlPlane control, SessionVerifier verifier, Executor workers, InstantSource clock) {
        this.control = control;
        this.verifier = verifier;
        this.workers = workers;
        this.clock = clock;
    }

    /** One renewal of the cookie issued at {@code issuedAt}; the cookie is null until it succeeded. */
    private record Attempt(
            long issuedAt, long startedAt, @Nullable String cookie) {}

    /** A {@code Set-Cookie} value to send with the answer to this principal, or null. */
    public @Nullable String cookieFor(Principal who) {
        long now = clock.millis();
        boolean young = now - who.issuedAtMillis() < (who.expiresAtMillis() - who.issuedAtMillis()) / 2;
        if (young || who.kind() != Principal.Kind.SESSION) {
            return null;
        }
        Attempt last = attempts.get(who.credential());
        if (last != null && last.issuedAt() == who.issuedAtMillis()) {
            if (last.cookie() != null || now - last.startedAt() < RETRY_MILLIS) {
                return last.cookie();
            }
        }
        start(who, now);
        return null;
    }

    private void start(Principal who, long now) {
        attempts.put(who.credential(), new Attempt(who.issuedAtMillis(), now, null));
        try {
            workers.execute(() -> renew(who, now));
        } catch (RejectedExecutionException e) {
            // Too busy: the next request after the pause tries again.
        }
    }

    private void renew(Principal who, long startedAt) {
        try {
            String sid = URLEncoder.encode(who.credential(), UTF_8);
            ControlPlane.Answer answer = control.post("/internal/sessions/" + sid + ":renew", "{}");
            if (answer.status() == 200) {
                String cookie = gson.fromJson(answer.body(), JsonObject.class)
                        .get("cookie")
                        .getAsString();
                if (HEADER_VALUE.matcher(cookie).matches()) {
                    attempts.put(who.credential(), new Attempt(who.issuedAtMillis(), startedAt, cookie));
                }
            } else if (answer.status() == 404) {
                Instant until = Instant.ofEpochMilli(who.expiresAtMillis());
                verifier.sessionRevoked(new RevokedSession(who.credential(), until.toString()));
            }
        } catch (IOException | JsonParseException | IllegalStateException e) {
            // The service is away: the old cookie is still good, and the next request after the pause tries again.
        }
    }
}
