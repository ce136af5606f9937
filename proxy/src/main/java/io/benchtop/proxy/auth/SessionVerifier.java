package io.benchtop.proxy.auth;

import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.api.routing.RevokedSession;
import io.benchtop.proxy.routing.FeedListener;
import io.prometheus.client.Counter;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns session cookies into principals.
 *
 * <p>A hit in the cache costs one look-up plus two comparisons: the expiry and the revocations are asked on every hit,
 * never cached away. A miss is verified on one thread of its own with a bounded queue, because strangers decide how
 * many misses there are; bad tokens are remembered for a moment, and an address with too many of them waits.
 */
public final class SessionVerifier implements FeedListener, AutoCloseable {

    private static final int SESSIONS = 20_000;
    private static final int BAD_TOKENS = 2_000;
    private static final int WAITING = 512;
    private static final long BAD_FOR_MILLIS = 10_000;

    private final InstantSource clock;
    private final Counter verifications;
    private final BoundedCache<ByteKey, Verdict.Proven> good = new BoundedCache<>(SESSIONS);
    private final BoundedCache<ByteKey, Long> bad = new BoundedCache<>(BAD_TOKENS);
    private final Map<String, Long> revoked = new ConcurrentHashMap<>();
    private final Map<String, Long> liveUntil = new ConcurrentHashMap<>();
    private final FailureLimit failures = new FailureLimit();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("session-verifier").factory());
    private volatile SigningKeys keys = SigningKeys.none();

    public SessionVerifier(InstantSource clock, Counter verifications) {
        this.clock = clock;
        this.verifications = verifications;
    }

    /** What is known about the token without any work; null means it has to be verified. */
    public @Nullable Verdict recall(ByteKey token) {
        long now = clock.millis();
        Verdict.Proven proven = good.get(token);
        if (proven != null) {
            return isInForce(proven.principal(), now) ? proven : Verdict.UNPROVEN;
        }
        Long badUntil = bad.get(token);
        return badUntil != null && badUntil > now ? Verdict.UNPROVEN : null;
    }

    /** Verifies the token and tells the outcome through {@code loop}, never before this returns. The key may be reused when this returns. */
    public void verify(ByteKey token, InetAddress sender, Executor loop, Consumer<Verdict> outcome) {
        if (token.length() > SessionToken.MAX_LENGTH) {
            loop.execute(() -> outcome.accept(Verdict.UNPROVEN));
            return;
        }
        if (!failures.allows(sender, clock.millis())) {
            loop.execute(() -> outcome.accept(Verdict.THROTTLED));
            return;
        }
        ByteKey own = token.copy();
        try {
            worker.execute(() -> {
                Verdict verdict = verify(own, sender);
                loop.execute(() -> outcome.accept(verdict));
            });
        } catch (RejectedExecutionException e) {
            loop.execute(() -> outcome.accept(Verdict.UNAVAILABLE));
        }
    }

    private Verdict verify(ByteKey token, InetAddress sender) {
        // Several requests of one page arrive together with the same new cookie: the first one's work serves all.
        Verdict known = recall(token);
        if (known != null) {
            return known;
        }
        long now = clock.millis();
        SigningKeys current = keys;
        Optional<SessionToken> read = SessionToken.read(token.text(), current, now);
        boolean genuine = read.isPresent() && isGenuine(read.get(), sender, now);
        if (!genuine) {
            bad.put(token, now + BAD_FOR_MILLIS);
            return Verdict.UNPROVEN;
        }
        Principal principal = read.get().principal();
        var proven = new Verdict.Proven(principal);
        liveUntil.merge(principal.credential(), principal.expiresAtMillis(), Math::max);
        if (current == keys) {
            good.put(token, proven);
        }
        return isInForce(principal, now) ? proven : Verdict.UNPROVEN;
    }

    private boolean isGenuine(SessionToken token, InetAddress sender, long now) {
        verifications.inc();
        boolean genuine = token.isGenuine();
        if (!genuine) {
            failures.failed(sender, now);
        }
        return genuine;
    }

    private boolean isInForce(Principal principal, long now) {
        return principal.expiresAtMillis() > now && !revoked.containsKey(principal.credential());
    }

    /**
     * Whether a tunnel of this session may stay open: not revoked, and some cookie of the session seen so far is still
     * valid. A tunnel outlives the very cookie it was opened with as long as the session is renewed.
     */
    public boolean isAlive(String sid) {
        Long until = liveUntil.get(sid);
        return until != null && until > clock.millis() && !revoked.containsKey(sid);
    }

    @Override
    public void sessionRevoked(RevokedSession session) {
        revoked.put(session.sid(), Instant.parse(session.expiresAt()).toEpochMilli());
        forgetExpired();
    }

    /** Drops what has run out; to be called now and then. */
    public void forgetExpired() {
        long now = clock.millis();
        revoked.values().removeIf(until -> until < now);
        liveUntil.values().removeIf(until -> until < now);
        good.removeIf(proven -> proven.principal().expiresAtMillis() < now);
    }

    @Override
    public void keysChanged(JsonWebKeySet set) {
        keys = SigningKeys.of(set);
        good.clear();
        bad.clear();
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
