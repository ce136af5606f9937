package io.benchtop.proxy.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.benchtop.proxy.control.ControlPlane;
import io.benchtop.proxy.routing.FeedListener;
import java.io.IOException;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns API tokens into principals by asking workspace-service, at most every 30 s per token. The cache is keyed by the
 * token's hash; what the feed says was revoked is asked on every hit, never cached away.
 */
public final class TokenIntrospection implements FeedListener {

    private static final Logger LOG = LoggerFactory.getLogger(TokenIntrospection.class);
    /** An API token, or the signed token inside a user's server. */
    private static final Pattern SHAPE = Pattern.compile(
            "bt_[A-Za-z0-9]{12}_[A-Za-z0-9_-]{43}|ey[A-Za-z0-9_-]{1,500}\\.[A-Za-z0-9_-]{1,1500}\\.[A-Za-z0-9_-]{1,500}");

    private static final long FRESH_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final int TOKENS = 10_000;
    private static final String PATH = "/internal/tokens:introspect";

    private final ControlPlane control;
    private final InstantSource clock;
    private final Executor workers;
    private final Gson gson = new Gson();
    private final BoundedCache<String, Remembered> cache = new BoundedCache<>(TOKENS);
    /** Ids that the feed named. An answer may have been given before the revocation and come after it. */
    private final BoundedCache<String, Boolean> revoked = new BoundedCache<>(TOKENS);

    public TokenIntrospection(ControlPlane control, Executor workers, InstantSource clock) {
        this.control = control;
        this.workers = workers;
        this.clock = clock;
    }

    private record Remembered(Verdict verdict, long untilMillis) {}

    private record Introspected(
            String user,
            String name,
            String role,
            String expiresAt,
            String tokenId,
            @Nullable String endpoint,
            @Nullable String client) {}

    /** What is known about the token without asking; null means that it must be asked for. */
    public @Nullable Verdict recall(String token) {
        if (!SHAPE.matcher(token).matches()) {
            return Verdict.UNPROVEN;
        }
        Remembered remembered = cache.get(hash(token));
        long now = clock.millis();
        if (remembered == null || remembered.untilMillis() <= now) {
            return null;
        }
        return remembered.verdict() instanceof Verdict.Proven(Principal who) && !isInForce(who)
                ? Verdict.UNPROVEN
                : remembered.verdict();
    }

    /** Whether a tunnel of this token may stay open. */
    public boolean isInForce(Principal who) {
        return who.expiresAtMillis() > clock.millis() && revoked.get(who.credential()) == null;
    }

    /** Asks workspace-service and tells the outcome through {@code loop}. */
    public void introspect(String token, Executor loop, Consumer<Verdict> outcome) {
        try {
            workers.execute(() -> {
                Verdict verdict = ask(token);
                loop.execute(() -> outcome.accept(verdict));
            });
        } catch (RejectedExecutionException e) {
            loop.execute(() -> outcome.accept(Verdict.UNAVAILABLE));
        }
    }

    private Verdict ask(String token) {
        JsonObject question = new JsonObject();
        question.addProperty("token", token);
        try {
            ControlPlane.Answer answer = post(gson.toJson(question));
            return switch (answer.status()) {
                case 200 -> remember(token, proven(answer.body()));
                case 404 -> remember(token, Verdict.UNPROVEN);
                default -> Verdict.UNAVAILABLE;
            };
        } catch (IOException | JsonParseException | IllegalArgumentException e) {
            LOG.warn("an API token could not be checked reason={}", e.getClass().getSimpleName());
            return Verdict.UNAVAILABLE;
        }
    }

    /** A connection that breaks, as when a replica ends, says nothing of the next one, and asking changes nothing. */
    private ControlPlane.Answer post(String question) throws IOException {
        try {
            return control.post(PATH, question);
        } catch (SocketException e) {
            return control.post(PATH, question);
        }
    }

    private Verdict proven(String body) {
        Introspected who = gson.fromJson(body, Introspected.class);
        long expiresAt = Instant.parse(who.expiresAt()).toEpochMilli();
        return new Verdict.Proven(new Principal(
                who.user(),
                who.name(),
                who.role(),
                Principal.Kind.API,
                who.tokenId(),
                clock.millis(),
                expiresAt,
                who.endpoint(),
                who.client()));
    }

    private Verdict remember(String token, Verdict verdict) {
        cache.put(hash(token), new Remembered(verdict, clock.millis() + FRESH_MILLIS));
        return verdict;
    }

    @Override
    public void tokenRevoked(String tokenId) {
        revoked.put(tokenId, true);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
