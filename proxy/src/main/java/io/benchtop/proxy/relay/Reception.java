package io.benchtop.proxy.relay;

import static io.benchtop.proxy.http.FieldName.AUTHORIZATION;
import static io.benchtop.proxy.http.FieldName.HOST;
import static io.benchtop.proxy.http.FieldName.X_FORWARDED_FOR;

import io.benchtop.api.routing.RouteState;
import io.benchtop.proxy.admin.ProxyMetrics;
import io.benchtop.proxy.auth.ByteKey;
import io.benchtop.proxy.auth.IdentityMint;
import io.benchtop.proxy.auth.Principal;
import io.benchtop.proxy.auth.SessionCookie;
import io.benchtop.proxy.auth.SessionVerifier;
import io.benchtop.proxy.auth.SiteRules;
import io.benchtop.proxy.auth.TokenIntrospection;
import io.benchtop.proxy.auth.TrustedPeers;
import io.benchtop.proxy.auth.Verdict;
import io.benchtop.proxy.http.Ascii;
import io.benchtop.proxy.http.BadMessageException;
import io.benchtop.proxy.http.FieldLines;
import io.benchtop.proxy.http.PathRule;
import io.benchtop.proxy.http.RequestHead;
import io.benchtop.proxy.routing.LiveRoutes;
import io.benchtop.proxy.routing.RouteEntry;
import io.benchtop.proxy.serving.ServingPath;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens to a request head, in this order and without exception: is the path plain, is the Host ours,
 * does it come from where it may, is the path one that is served, who is it, may they, is the server running. Only then
 * is a byte sent upstream. Shared by all event loops; keeps nothing about a request.
 */
final class Reception {

    private static final long STAMP_MILLIS = 20_000;
    private static final String SERVERS = "/user/";

    private final SiteRules site;
    private final TrustedPeers trustedPeers;
    private final SessionCookie cookie;
    private final SessionVerifier sessions;
    private final TokenIntrospection tokens;
    private final IdentityMint mint;
    private final LiveRoutes routes;
    private final RequestRewriter rewriter;
    private final Upstreams upstreams;
    private final Inference inference;
    private final byte[] serviceProof;
    private final InstantSource clock;

    Reception(
            SiteRules site,
            TrustedPeers trustedPeers,
            SessionCookie cookie,
            SessionVerifier sessions,
            TokenIntrospection tokens,
            IdentityMint mint,
            LiveRoutes routes,
            Upstreams upstreams,
            Inference inference,
            byte[] serviceProof,
            InstantSource clock) {
        this.site = site;
        this.trustedPeers = trustedPeers;
        this.cookie = cookie;
        this.sessions = sessions;
        this.tokens = tokens;
        this.mint = mint;
        this.routes = routes;
        this.rewriter = new RequestRewriter(cookie, site.scheme());
        this.upstreams = upstreams;
        this.inference = inference;
        this.serviceProof = serviceProof;
        this.clock = clock;
    }

    ProxyMetrics metrics() {
        return upstreams.metrics();
    }

    /**
     * Handles one head. Returns false when nothing more can be done with the client's bytes for now.
     *
     * @param length of the head, to be consumed unless the decision has to wait
     * @param known the verdict that was waited for, or null on the first look
     */
    boolean receive(ClientConnection client, RequestHead head, int length, @Nullable Verdict known)
            throws BadMessageException {
        String pathProblem = PathRule.problemWith(head.bytes(), head.targetStart(), head.pathEnd());
        if (pathProblem != null) {
            throw new BadMessageException(pathProblem);
        }
        if (trustedPeers.trusts(client.peer())) {
            client.comesFrom(trustedPeers.clientOf(client.peer(), head.fields().list(X_FORWARDED_FOR)));
        }
        if (!isHostAllowed(client.loop(), head.fields())) {
            return refuse(client, head, length, Refusal.MISDIRECTED);
        }
        if (head.isMethod("CONNECT") || head.isMethod("TRACE")) {
            return refuse(client, head, length, Refusal.METHOD_NOT_ALLOWED);
        }
        if (head.isWebSocket() && (head.hasBody() || !head.isMethod("GET"))) {
            throw new BadMessageException("A WebSocket is asked for with a GET that has no body.");
        }
        ByteKey session = client.loop().key();
        boolean hasCookie = cookie.find(head.fields(), session);
        String bearer = bearer(head.fields());
        boolean toServer = Ascii.startsWith(head.bytes(), head.targetStart(), head.pathEnd(), SERVERS);
        boolean toModel = ServingPath.isBelow(head.bytes(), head.targetStart(), head.pathEnd());
        String objection = site.objection(head, hasCookie, bearer != null, toServer || toModel);
        if (objection != null) {
            Refusal foreign = Refusal.foreign(objection);
            return refuse(client, head, length, toModel ? foreign.toCallers() : foreign);
        }
        if (isInternal(head)) {
            return refuse(client, head, length, Refusal.NOT_FOUND);
        }
        if (!toServer && !toModel) {
            return forward(client, head, length, client.loop().service(), null, serviceProof, null);
        }
        Verdict verdict = known != null
                ? recheck(known, hasCookie ? session : null, bearer)
                : verdict(client, hasCookie ? session : null, bearer);
        if (verdict == null) {
            return false;
        }
        return toModel ? infer(client, head, length, verdict) : serve(client, head, length, verdict);
    }

    private boolean isHostAllowed(LoopContext loop, FieldLines fields) {
        int line = fields.first(HOST);
        if (line < 0) {
            return false;
        }
        int start = fields.valueStart(line);
        int end = fields.valueEnd(line);
        if (loop.isKnownHost(fields.bytes(), start, end)) {
            return end > start;
        }
        boolean allowed = site.allowsHost(Ascii.text(fields.bytes(), start, end));
        if (allowed) {
            loop.rememberHost(fields.bytes(), start, end);
        }
        return allowed;
    }

    /** {@code /internal/**} is between the proxy and workspace-service only. */
    private static boolean isInternal(RequestHead head) {
        int start = head.targetStart();
        int end = head.pathEnd();
        String internal = "/internal";
        return Ascii.startsWithIgnoreCase(head.bytes(), start, end, internal)
                && (end - start == internal.length() || head.bytes()[start + internal.length()] == '/');
    }

    /** The bearer credential, or null. Two Authorization lines prove nothing. */
    private static @Nullable String bearer(FieldLines fields) throws BadMessageException {
        if (fields.occurrences(AUTHORIZATION) > 1) {
            throw new BadMessageException("The request has more than one Authorization header.");
        }
        int line = fields.first(AUTHORIZATION);
        String scheme = "bearer ";
        if (line < 0
                || !Ascii.startsWithIgnoreCase(
                        fields.bytes(), fields.valueStart(line), fields.valueEnd(line), scheme)) {
            return null;
        }
        return Ascii.text(fields.bytes(), fields.valueStart(line) + scheme.length(), fields.valueEnd(line))
                .strip();
    }

    /** What is known about the credential; null when it is being found out and the client was told to wait. */
    private @Nullable Verdict verdict(ClientConnection client, @Nullable ByteKey session, @Nullable String bearer) {
        if (bearer != null) {
            Verdict verdict = tokens.recall(bearer);
            if (verdict == null) {
                client.awaitVerdict();
                tokens.introspect(bearer, client.channel().eventLoop(), client::decided);
            }
            return verdict;
        }
        if (session == null) {
            return Verdict.UNPROVEN;
        }
        Verdict verdict = sessions.recall(session);
        if (verdict == null && !routes.isLoaded()) {
            return Verdict.UNAVAILABLE;
        }
        if (verdict == null) {
            client.awaitVerdict();
            sessions.verify(session, client.from().address(), client.channel().eventLoop(), client::decided);
        }
        return verdict;
    }

    /** The credential may have been revoked while its verdict was on the way. */
    private Verdict recheck(Verdict known, @Nullable ByteKey session, @Nullable String bearer) {
        Verdict now = bearer != null ? tokens.recall(bearer) : session != null ? sessions.recall(session) : null;
        return known instanceof Verdict.Proven && now != null ? now : known;
    }

    private boolean serve(ClientConnection client, RequestHead head, int length, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Proven(Principal who) -> serve(client, head, length, who);
            case Verdict.Unproven() -> refuse(client, head, length, anonymous(head));
            case Verdict.Throttled() -> refuse(client, head, length, Refusal.THROTTLED);
            case Verdict.Unavailable() -> refuse(client, head, length, Refusal.CANNOT_CHECK);
        };
    }

    private boolean infer(ClientConnection client, RequestHead head, int length, Verdict verdict) {
        return switch (inference.rule(head, client.loop(), verdict, routes.isLoaded())) {
            case Inference.Ruling.Refused(Refusal refusal) -> refuse(client, head, length, refusal);
            case Inference.Ruling.Let(InferenceCourse course, int pathStart, Principal who) -> {
                RequestFacts facts = facts(client, head, who, null);
                ByteBuf out = client.channel().alloc().directBuffer(length + 256);
                rewriter.writeOpen(head, pathStart, client.from(), facts.requestId(), out);
                head.frame(client.body());
                client.begin(new Exchange(client, facts, upstreams, course, out), length);
                yield true;
            }
        };
    }

    private static Refusal anonymous(RequestHead head) {
        return isNavigation(head)
                ? Refusal.redirect("/login?next=" + Navigation.encode(head.target()))
                : Refusal.SIGN_IN;
    }

    private boolean serve(ClientConnection client, RequestHead head, int length, Principal who) {
        if (!routes.isLoaded()) {
            return refuse(client, head, length, Refusal.NO_ROUTES);
        }
        int prefixEnd = Navigation.prefixEnd(head);
        RouteEntry entry = prefixEnd < 0 ? null : routes.find(Ascii.text(head.bytes(), head.targetStart(), prefixEnd));
        if (entry == null) {
            return refuse(client, head, length, slashless(head, who));
        }
        if (!mayUse(who, entry)) {
            return refuse(client, head, length, Refusal.NOT_FOUND);
        }
        InetSocketAddress address = entry.address();
        if (entry.route().state() != RouteState.RUNNING || address == null) {
            return refuse(client, head, length, notRunning(head, entry));
        }
        noteActivity(head, entry, prefixEnd);
        UpstreamPool pool = client.loop().server(entry, address);
        StaticFiles.Wish wish = StaticFiles.wish(head, entry, prefixEnd);
        StaticFiles.Kept file =
                wish == null || wish.key() == null ? null : upstreams.files().find(wish.key());
        if (file != null) {
            return answerKept(client, head, length, who, file);
        }
        return forward(client, head, length, pool, who, identity(pool, entry, who), wish);
    }

    /** Only the owner; a viewer owns nothing that runs code. */
    private static boolean mayUse(Principal who, RouteEntry entry) {
        return who.user().equals(entry.route().owner()) && !who.role().equals("viewer") && !who.isForEndpoints();
    }

    /** {@code /user/alice/exp} means {@code /user/alice/exp/}, for the one who may see it. */
    private Refusal slashless(RequestHead head, Principal who) {
        RouteEntry entry = routes.find(head.path() + "/");
        boolean exists = entry != null && mayUse(who, entry) && isNavigation(head);
        return exists
                ? Refusal.redirect(head.path() + "/" + Ascii.text(head.bytes(), head.pathEnd(), head.targetEnd()))
                : Refusal.NOT_FOUND;
    }

    private static Refusal notRunning(RequestHead head, RouteEntry entry) {
        return isNavigation(head)
                ? Refusal.redirect(entry.route().startPath() + "?next=" + Navigation.encode(head.target()))
                : Refusal.NOT_RUNNING;
    }

    private void noteActivity(RequestHead head, RouteEntry entry, int prefixEnd) {
        if (Navigation.showsAPerson(head, prefixEnd)) {
            upstreams.activity().of(entry).touch(clock.millis());
        }
    }

    private byte[] identity(UpstreamPool pool, RouteEntry entry, Principal who) {
        long now = clock.millis();
        byte[] recent = pool.stampFor(who, now, STAMP_MILLIS);
        if (recent != null) {
            return recent;
        }
        byte[] fresh = mint.headerLine(who, entry, now);
        pool.stamp(who, fresh, now);
        return fresh;
    }

    private boolean forward(
            ClientConnection client,
            RequestHead head,
            int length,
            UpstreamPool pool,
            @Nullable Principal who,
            byte[] proof,
            StaticFiles.@Nullable Wish wish) {
        RequestFacts facts = facts(client, head, who, wish);
        ByteBuf out = client.channel().alloc().directBuffer(length + proof.length + 256);
        rewriter.write(head, pool.isServer(), proof, client.from(), facts.requestId(), out);
        head.frame(client.body());
        Course course = new DirectCourse(upstreams, pool, facts.replayable());
        client.begin(new Exchange(client, facts, upstreams, course, out), length);
        return true;
    }

    private RequestFacts facts(
            ClientConnection client, RequestHead head, @Nullable Principal who, StaticFiles.@Nullable Wish wish) {
        boolean logged = upstreams.logsAccess();
        return new RequestFacts(
                logged ? head.method() : "",
                logged ? AccessLog.loggable(head.path()) : "",
                client.loop().nextRequestId(),
                who,
                head.isWebSocket(),
                head.isMethod("HEAD"),
                head.isVersionOneZero(),
                head.keepsAlive() && !head.isWebSocket(),
                !head.hasBody() && head.isSafe(),
                isNavigation(head),
                wish);
    }

    private boolean answerKept(
            ClientConnection client, RequestHead head, int length, Principal who, StaticFiles.Kept file) {
        boolean keepAlive = head.keepsAlive() && !head.hasBody();
        head.frame(client.body());
        metrics().server(200);
        upstreams.log(facts(client, head, who, null), 200, 0, file.gzip().length);
        client.answer(file, length, keepAlive);
        return keepAlive;
    }

    private static boolean isNavigation(RequestHead head) {
        return Navigation.isNavigation(head);
    }

    private boolean refuse(ClientConnection client, RequestHead head, int length, Refusal refusal) {
        boolean keepAlive = head.keepsAlive() && !head.hasBody() && !head.isWebSocket();
        boolean bodyless = head.isMethod("HEAD");
        head.frame(client.body());
        upstreams.log(facts(client, head, null, null), refusal.status(), 0, 0);
        client.answer(refusal, length, isNavigation(head), bodyless, keepAlive);
        return keepAlive;
    }
}
