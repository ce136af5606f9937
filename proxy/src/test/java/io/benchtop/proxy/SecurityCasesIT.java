package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.COOKIE;
import static io.benchtop.proxy.TestingProxy.ORIGIN;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.SWITCHING;
import static io.benchtop.proxy.TestingProxy.cookie;
import static io.benchtop.proxy.TestingProxy.ok;
import static io.benchtop.proxy.TestingProxy.request;
import static io.benchtop.proxy.TestingProxy.webSocket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.api.routing.ProxyProof;
import io.benchtop.proxy.testing.FakeControlPlane;
import io.benchtop.proxy.testing.Signer;
import io.benchtop.proxy.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of SECURITY.md's table that the proxy answers for, by number. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityCasesIT {

    private static final String CHANNELS = PREFIX + "api/kernels/x/channels";
    private static final String OWN_ORIGIN = "Origin: " + ORIGIN + "\r\n";
    private static final String TOKEN = "bt_abcdefghijkl_" + "S".repeat(43);

    private TestingProxy proxy;

    @BeforeAll
    void start() {
        proxy = new TestingProxy();
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    @Test
    void s01_aWebSocketWithoutARightIsRefusedBeforeAnyByteReachesTheServer() {
        // Given
        int before = proxy.server.connections.get();
        long now = proxy.nowSeconds();
        String expired = cookie(proxy.signer.session("alice", "developer", "s01-old", now - 7200, now - 1));
        String stranger = cookie(new Signer("key-1").session("alice", "developer", "s01-forged", now, now + 60));
        proxy.control.revoke("s01-over");
        await().untilAsserted(() -> assertThat(proxy.refused(
                        webSocket(CHANNELS, cookie(proxy.session("alice", "developer", "s01-over")), OWN_ORIGIN)))
                .startsWith("HTTP/1.1 401"));

        // When / Then
        assertThat(proxy.refused(webSocket(CHANNELS, OWN_ORIGIN))).startsWith("HTTP/1.1 401");
        assertThat(proxy.refused(webSocket(CHANNELS, OWN_ORIGIN, expired))).startsWith("HTTP/1.1 401");
        assertThat(proxy.refused(webSocket(CHANNELS, OWN_ORIGIN, stranger))).startsWith("HTTP/1.1 401");
        assertThat(proxy.refused(webSocket(CHANNELS, OWN_ORIGIN, cookie(proxy.session("bob", "developer", "s01-bob")))))
                .startsWith("HTTP/1.1 404");
        assertThat(proxy.refused(webSocket(CHANNELS, OWN_ORIGIN, cookie(proxy.session("bob", "admin", "s01-root")))))
                .startsWith("HTTP/1.1 404");
        assertThat(proxy.refused(webSocket(CHANNELS, OWN_ORIGIN, cookie(proxy.session("alice", "viewer", "s01-vic")))))
                .startsWith("HTTP/1.1 404");
        assertThat(proxy.server.connections.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example\r\n",
                "Origin: https://benchtop.example:8080\r\n",
                "Origin: http://benchtop.example:8080.evil.example\r\n",
                "Origin: http://benchtop.example.evil.example:8080\r\n",
                "Origin: http://evilbenchtop.example:8080\r\n",
                "Origin: http://benchtop.example\r\n",
                "Origin: null\r\n",
                "Origin: \r\n",
                "Origin: http://benchtop.example:8080\r\nOrigin: http://evil.example\r\n",
                "Sec-Fetch-Site: same-site\r\n",
                "Sec-Fetch-Site: cross-site\r\n",
                "Sec-Fetch-Site: none\r\n",
                ""
            })
    void s02_aWebSocketOrAChangeWithACookieFromAnotherSiteIsRefused(String lines) {
        // Given
        int before = proxy.server.connections.get();

        // When / Then
        assertThat(proxy.refused(webSocket(CHANNELS, proxy.alice(), lines))).startsWith("HTTP/1.1 403");
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            assertThat(proxy.refused(request(method, PREFIX + "api/contents", proxy.alice(), lines)))
                    .startsWith("HTTP/1.1 403");
            assertThat(proxy.refused(request(method, "/api/v1/workspaces", proxy.alice(), lines)))
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(proxy.server.connections.get()).isEqualTo(before);
    }

    @Test
    void s02_aTokenNeedsNoOriginButToleratesNoForeignOne() {
        // Given
        proxy.control.tokens.put(
                TOKEN,
                "{\"user\":\"alice\",\"name\":\"Alice\",\"role\":\"developer\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
                        + "\"tokenId\":\"abcdefghijkl\"}");
        String bearer = "Authorization: Bearer " + TOKEN + "\r\n";

        try (Wire client = proxy.client()) {
            // When
            client.send(webSocket(CHANNELS, bearer));
            Wire server = proxy.server.next();
            server.head();
            server.send(SWITCHING);

            // Then
            assertThat(client.head()).startsWith("HTTP/1.1 101");
        }
        assertThat(proxy.refused(webSocket(CHANNELS, bearer, "Origin: https://evil.example\r\n")))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void s04_twoSessionCookiesAreRefusedAndNotChosenFrom() {
        // Given
        String bob = COOKIE + "=" + proxy.session("bob", "developer", "s04-bob");
        String alice = COOKIE + "=" + proxy.session("alice", "developer", "s04-alice");

        // When / Then
        for (String target : List.of(PREFIX + "api", "/workspaces")) {
            assertThat(proxy.refused(proxy.get(target, "Cookie: " + bob + "; " + alice + "\r\n")))
                    .startsWith("HTTP/1.1 400");
            assertThat(proxy.refused(proxy.get(target, "Cookie: " + bob + "\r\nCookie: " + alice + "\r\n")))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void s05_signingOutClosesAnOpenWebSocketAndAStreamWithinFiveSeconds() {
        // Given
        String session = cookie(proxy.session("alice", "developer", "s05"));
        try (Wire socket = proxy.client();
                Wire stream = proxy.client()) {
            socket.send(webSocket(CHANNELS, session, OWN_ORIGIN));
            Wire server = proxy.server.next();
            server.head();
            server.send(SWITCHING);
            socket.head();
            stream.send(proxy.get(PREFIX + "api/events", session));
            Wire streaming = proxy.server.next();
            streaming.head();
            streaming.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
            stream.head();

            // When
            long revokedAt = System.nanoTime();
            proxy.control.revoke("s05");

            // Then
            assertThat(socket.isEnded()).isTrue();
            assertThat(stream.isEnded()).isTrue();
            assertThat(server.isEnded()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - revokedAt)).isLessThan(Duration.ofSeconds(5));
            assertThat(proxy.refused(proxy.get(PREFIX + "api", session))).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void s05_aRevokedApiTokenClosesItsWebSocket() {
        // Given
        String token = "bt_tokentokento_" + "R".repeat(43);
        proxy.control.tokens.put(
                token,
                "{\"user\":\"alice\",\"name\":\"Alice\",\"role\":\"developer\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
                        + "\"tokenId\":\"tokentokento\"}");
        String bearer = "Authorization: Bearer " + token + "\r\n";
        try (Wire socket = proxy.client()) {
            socket.send(webSocket(CHANNELS, bearer));
            Wire server = proxy.server.next();
            server.head();
            server.send(SWITCHING);
            socket.head();

            // When
            proxy.control.revokeToken("tokentokento");

            // Then
            assertThat(socket.isEnded()).isTrue();
            assertThat(proxy.refused(proxy.get(PREFIX + "api", bearer))).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void s05_anAnswerFromBeforeTheRevocationDoesNotLetTheTokenInAfterIt() {
        // Given
        String token = "bt_latelatelate_" + "L".repeat(43);
        String late =
                "{\"user\":\"alice\",\"name\":\"Alice\",\"role\":\"developer\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
                        + "\"tokenId\":\"latelatelate\"}";
        String bearer = "Authorization: Bearer " + token + "\r\n";
        proxy.control.tokens.put(token, late);
        try (Wire socket = proxy.client()) {
            socket.send(webSocket(CHANNELS, bearer));
            Wire server = proxy.server.next();
            server.head();
            server.send(SWITCHING);
            socket.head();
            proxy.control.revokeToken("latelatelate");
            assertThat(socket.isEnded()).isTrue();
        }

        // When
        String other = "bt_latelatelate_" + "M".repeat(43);
        proxy.control.tokens.put(other, late);

        // Then
        assertThat(proxy.refused(proxy.get(PREFIX + "api", bearer))).startsWith("HTTP/1.1 401");
        assertThat(proxy.refused(proxy.get(PREFIX + "api", "Authorization: Bearer " + other + "\r\n")))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void s05_aWebSocketEndsWithTheLastCookieOfItsSession() {
        // Given
        long now = proxy.nowSeconds();
        String session = cookie(proxy.signer.session("alice", "developer", "s05-exp", now, now + 5));
        try (Wire socket = proxy.client()) {
            socket.send(webSocket(CHANNELS, session, OWN_ORIGIN));
            Wire server = proxy.server.next();
            server.head();

            // When
            server.send(SWITCHING);
            socket.head();

            // Then
            assertThat(socket.isEnded()).isTrue();
            assertThat(proxy.refused(proxy.get(PREFIX + "api", session))).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void s08_noCredentialIsEverWrittenToALogOrAMetric() throws Exception {
        // Given
        String canary = "CANARY0123456789";
        String session = proxy.session("alice", "developer", canary);

        // When
        proxy.refused(proxy.get(PREFIX + "api?token=" + canary + "&_xsrf=" + canary));
        proxy.refused(proxy.get(PREFIX + "api", "Authorization: token " + canary + "\r\n"));
        proxy.refused(proxy.get(PREFIX + "api", "Cookie: " + COOKIE + "=" + canary + "\r\n"));
        proxy.refused(webSocket(CHANNELS, OWN_ORIGIN, "Sec-WebSocket-Protocol: " + canary + "\r\n"));
        proxy.roundTrip(proxy.service, proxy.get("/login/link/" + canary + "?next=" + canary), ok(""));
        proxy.roundTrip(
                proxy.server,
                proxy.get(PREFIX + "files/x?_xsrf=" + canary, cookie(session)),
                "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");

        // Then
        await().untilAsserted(() -> assertThat(proxy.accessLog()).contains("\"status\":500", "/login/link/***"));
        assertThat(proxy.accessLog()).doesNotContain(canary).doesNotContain(session.substring(session.length() - 40));
        assertThat(proxy.adminGet("/metrics"))
                .contains("benchtop_proxy_requests")
                .doesNotContain(canary);
    }

    @Test
    void s08_aTokenInTheQueryIsNoCredential() {
        assertThat(proxy.refused(proxy.get(PREFIX + "api?token=" + TOKEN))).startsWith("HTTP/1.1 401");
    }

    @Test
    void s15_identityHeadersFromOutsideNeverReachTheServer() {
        // Given
        List<String> forged = List.of(
                "X-Benchtop-Identity",
                "X_Benchtop_Identity",
                "x-benchtop-anything",
                "X-Forwarded-User",
                "X-Forwarded-Host",
                "X_Forwarded_Proto",
                "X-Forwarded-For",
                "Forwarded",
                "X-Real-IP",
                "X_Real_Ip",
                "X-Remote-User",
                "Remote-User",
                "X-Auth-Request-User",
                "x_auth_user",
                "kubeflow-userid",
                "kubeflow_userid",
                "X-Original-URL",
                "X-Original-Host",
                "X-Request-Id",
                "Content_Length");
        String lines = String.join(": evil-value\r\n", forged) + ": evil-value\r\n";

        for (String head : List.of(
                proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", proxy.alice(), lines), ok(""))[0],
                proxy.roundTrip(proxy.service, proxy.get("/workspaces", lines), ok(""))[0],
                webSocketHead(lines))) {
            // Then
            assertThat(head).doesNotContain("evil-value");
            assertThat(head).contains("X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Proto: http\r\n");
            assertThat(head).contains("X-Forwarded-Host: " + TestingProxy.HOST + "\r\n");
        }
    }

    @Test
    void s15_workspaceServiceIsShownThatARequestComesFromTheProxyAndAServerIsNot() {
        // Given
        String proof = "X-Benchtop-Proxy: " + ProxyProof.of(FakeControlPlane.KEY) + "\r\n";
        String forged = "X-Benchtop-Proxy: forged\r\nx_benchtop_proxy: forged\r\n";
        String named = "Connection: X-Benchtop-Proxy, keep-alive\r\n";

        // When
        String toService = proxy.roundTrip(proxy.service, proxy.get("/workspaces", forged, named), ok(""))[0];
        String toServer = proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", proxy.alice(), forged), ok(""))[0];

        // Then
        assertThat(toService).containsOnlyOnce(proof).doesNotContain("forged").doesNotContain(FakeControlPlane.KEY);
        assertThat(toServer).doesNotContainIgnoringCase("benchtop-proxy: ").doesNotContain("forged");
        assertThat(webSocketHead(forged)).doesNotContainIgnoringCase("benchtop-proxy: ");
    }

    @Test
    void s15_ourIdentityHeaderCannotBeNamedAsHopByHop() {
        // When
        String head = proxy.roundTrip(
                        proxy.server,
                        proxy.get(PREFIX + "api", proxy.alice(), "Connection: X-Benchtop-Identity, keep-alive\r\n"),
                        ok(""))[0];

        // Then
        assertThat(head).containsOnlyOnce("X-Benchtop-Identity: ");
    }

    @Test
    void s15_theIdentityHeaderSaysWhoAndForWhichServer() {
        // When
        String head = proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", proxy.alice()), ok(""))[0];

        // Then
        String token =
                head.substring(head.indexOf("X-Benchtop-Identity: ") + 21).split("\r\n", 2)[0];
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(claims)
                .contains("\"iss\":\"benchtop-proxy\"", "\"aud\":\"workspace:ws_aaaaaaaaaaaa\"", "\"sub\":\"alice\"")
                .contains("\"name\":\"alice Example\"", "\"role\":\"owner\"", "\"amr\":\"session\"", "\"exp\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/bob/..%2falice/exp/api",
                "/user/alice%2f..%2fbob/exp/api",
                "//user/alice/exp/api",
                "/user//alice/exp/api",
                "/user/alice;x/exp/api",
                "/user/alice/exp;x/api",
                "/./user/alice/exp/api",
                "/x/../user/alice/exp/api",
                "/user/%2e%2e/alice/exp",
                "/user/alice/%5cexp/api",
                "/user/alice\\exp/api",
                "/user/alice/e%00xp/",
                "/%75ser/alice/exp/api",
                "/%69nternal/routes",
                "/user/alice/exp/../../bob/api",
                "/user/alice/exp/files/..%2f..%2fetc/passwd",
                "/user/alice/exp/files/%2e%2e/x",
                "/user/alice/exp/files/%252e%252e/x",
                "/user/alice/exp/files/..;/x",
                "/user/alice/exp/files/%25252e%25252e%25252fx",
                "/user/alice/exp/files/..\\x",
                "/user/alice/exp/files/%00",
                "/user/alice/exp/#/../../etc"
            })
    void s18_s19_aPathThatTwoProgramsCouldReadDifferentlyIsRefused(String path) {
        // Given
        int before = proxy.server.connections.get() + proxy.service.connections.get();

        // When / Then
        assertThat(proxy.refused(proxy.get(path, proxy.alice()))).startsWith("HTTP/1.1 400");
        assertThat(proxy.refused(webSocket(path, proxy.alice(), OWN_ORIGIN))).startsWith("HTTP/1.1 400");
        assertThat(proxy.server.connections.get() + proxy.service.connections.get())
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/alice/exp/files/a%2Fb%20c",
                "/user/alice/exp/files//d/./e",
                "/user/alice/exp/files/x%40y@z;v=1",
                "/user/alice/exp/files/%E7%A7%80?c[]=1&&d=%2F..%2F",
                "/user/alice/exp/files/a..b/...?q=../.."
            })
    void s19_theForwardedPathIsByteEqualToTheAuthorisedOne(String target) {
        assertThat(proxy.roundTrip(proxy.server, proxy.get(target, proxy.alice()), ok(""))[0])
                .startsWith("GET " + target + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user/Alice/exp/api", "/user/alice/EXP/api", "/user/al%69ce/exp/api", "/user/alice/exp2/"})
    void s19_anotherSpellingIsAnotherPath(String path) {
        assertThat(proxy.refused(proxy.get(path, proxy.alice()))).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/routes", "/INTERNAL/routes", "/internal", "/Internal/sessions/x:renew"})
    void internalPathsAreNeverForwarded(String path) {
        assertThat(proxy.refused(proxy.get(path))).startsWith("HTTP/1.1 404");
    }

    @Test
    void s21_hopByHopFieldsEndHereAndCredentialsCannotBeNamedAway() {
        // When
        String toService = proxy.roundTrip(
                        proxy.service,
                        proxy.get(
                                "/workspaces",
                                "Connection: Authorization, X-Forwarded-For, X-Hop, Cookie, Upgrade,"
                                        + " HTTP2-Settings\r\n",
                                "Authorization: Bearer kept\r\n"
                                        + "X-Hop: 1\r\n"
                                        + "TE: trailers\r\n"
                                        + "Proxy-Authorization: Basic eA==\r\n",
                                "Upgrade: h2c\r\n"
                                        + "HTTP2-Settings: AAMAAABk\r\n"
                                        + "Keep-Alive: timeout=5\r\n"
                                        + "Trailer: Cookie\r\n",
                                "Proxy-Connection: keep-alive\r\n"),
                        "HTTP/1.1 200 OK\r\n"
                                + "Content-Length: 0\r\n"
                                + "Connection: X-Back\r\n"
                                + "X-Back: 1\r\n"
                                + "Keep-Alive: timeout=9\r\n"
                                + "Proxy-Authenticate: Basic\r\n"
                                + "Upgrade: h2c\r\n"
                                + "X-Stay: 1\r\n\r\n")[0];

        // Then
        assertThat(toService)
                .contains("Authorization: Bearer kept\r\n", "X-Forwarded-For: 127.0.0.1\r\n")
                .doesNotContain("X-Hop:", "TE:", "Proxy-", "Upgrade", "HTTP2-Settings", "Keep-Alive", "Trailer");
    }

    @Test
    void s22_aServerCannotTouchTheSiteItShares() {
        // When
        String answer = proxy.roundTrip(
                        proxy.server,
                        proxy.get(PREFIX + "api", proxy.alice()),
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                                + "Set-Cookie: " + COOKIE + "=stolen; Path=/\r\n"
                                + "Set-Cookie: __Host-benchtop-session=stolen; Secure; Path=/\r\n"
                                + "Set-Cookie: =" + COOKIE + "=stolen\r\nSet-Cookie: \"" + COOKIE
                                + "=stolen\r\n"
                                + "Set-Cookie: wide=1; Domain=example\r\n"
                                + "Set-Cookie: wide2=1;domain = .example\r\n"
                                + "Set-Cookie: _xsrf=fine; Path=/user/alice/exp/\r\n"
                                + "Clear-Site-Data: \"*\"\r\n"
                                + "Service-Worker-Allowed: /\r\n"
                                + "X-Accel-Redirect: /etc/passwd\r\n"
                                + "Strict-Transport-Security: max-age=1\r\n"
                                + "Alt-Svc: h2=\":1\"\r\n"
                                + "X-Fine: 1\r\n\r\n")[1];

        // Then
        assertThat(answer)
                .contains("Set-Cookie: _xsrf=fine; Path=/user/alice/exp/\r\n", "X-Fine: 1\r\n")
                .doesNotContain("stolen", "wide", "Clear-Site", "Service-Worker", "X-Accel", "Strict-", "Alt-Svc");
    }

    @Test
    void s22_oversizedEndlessAndLyingAnswersDoNotPass() {
        // Given
        String ask = proxy.get(PREFIX + "api", proxy.alice());

        // When / Then
        assertThat(proxy.roundTrip(proxy.server, ask, "HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(65_536) + "\r\n\r\n")[
                        1])
                .startsWith("HTTP/1.1 502");
        assertThat(flooded(ask)).isEqualTo(16);
        assertThat(proxy.roundTrip(
                                proxy.server,
                                ask,
                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc")[1])
                .startsWith("HTTP/1.1 502");
        assertThat(proxy.roundTrip(
                                proxy.server,
                                ask,
                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")[
                        1])
                .startsWith("HTTP/1.1 502");
        assertThat(proxy.roundTrip(proxy.server, ask, "HTTP/1.1 101 Surprise\r\n\r\n")[1])
                .startsWith("HTTP/1.1 502");
    }

    @Test
    void s22_bytesBehindAnAnswerAreNotTheNextAnswer() {
        // Given
        try (Wire client = proxy.client()) {
            client.send(proxy.get(PREFIX + "api/1", proxy.alice()));
            Wire first = proxy.server.next();
            first.head();
            first.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            assertThat(client.message()).endsWith("\r\n\r\nok");

            // When
            client.send(proxy.get(PREFIX + "api/2", proxy.alice()));
            Wire second = proxy.server.next();
            second.head();
            second.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\ngood");

            // Then
            assertThat(client.message()).endsWith("good");
        }
    }

    @Test
    void s23_aRedirectIsPassedOnAndNeverFollowed() {
        // When
        String answer = proxy.roundTrip(
                        proxy.server,
                        proxy.get(PREFIX + "api", proxy.alice()),
                        "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n")[1];

        // Then
        assertThat(answer).startsWith("HTTP/1.1 302 Found\r\n").contains("Location: http://evil.example/\r\n");
    }

    @Test
    void s24_strangersCannotMakeMetricsGrow() throws Exception {
        // Given
        proxy.refused(proxy.get("/internal/x"));
        long series = proxy.adminGet("/metrics").lines().count();

        // When
        for (int i = 0; i < 200; i++) {
            proxy.refused(proxy.get("/internal/" + i));
            proxy.refused("GET / HTTP/1.1\r\nHost: h" + i + ".example\r\n\r\n");
            proxy.refused(proxy.get("/user/u" + i + "/x/", "Cookie: " + COOKIE + "=bad" + i + "\r\n"));
        }

        // Then
        assertThat(proxy.adminGet("/metrics").lines().count()).isLessThan(series + 20);
    }

    @Test
    void s25_aHeadThatDripsIsCutOff() {
        // Given
        try (Wire drip = proxy.client();
                Wire silent = proxy.client()) {
            drip.send("GET / HTTP/1.1\r\nHost: ");

            // When / Then
            drip.socketTimeout(20_000);
            silent.socketTimeout(20_000);
            assertThat(drip.message()).startsWith("HTTP/1.1 408");
            assertThat(silent.isEnded()).isTrue();
        }
    }

    @Test
    void s27_aTokenThatIsNotExactlyOursProvesNothing() {
        // Given
        long now = proxy.nowSeconds();
        String good = Signer.claims("alice", "developer", "s27", now, now + 600);
        Signer signer = proxy.signer;
        String none = Signer.base64(
                        "{\"alg\":\"none\",\"kid\":\"key-1\",\"typ\":\"session+jwt\"}".getBytes(StandardCharsets.UTF_8))
                + "." + Signer.base64(good.getBytes(StandardCharsets.UTF_8)) + ".";
        List<String> bad = List.of(
                none,
                none + "A".repeat(86),
                signer.token(signer.header().replace("EdDSA", "None"), good),
                signer.token(signer.header().replace("EdDSA", "HS256"), good),
                signer.token(signer.header().replace("key-1", "../../dev/null"), good),
                signer.token(signer.header().replace("key-1", "' OR 1=1"), good),
                signer.token(signer.header().replace("}", ",\"jku\":\"http://127.0.0.1:1/\"}"), good),
                signer.token(signer.header().replace("}", ",\"x5u\":\"http://127.0.0.1:1/\"}"), good),
                signer.token(signer.header().replace("}", ",\"jwk\":{}}"), good),
                signer.token(signer.header().replace("}", ",\"p2c\":2147483647}"), good),
                signer.token(signer.header().replace("session+jwt", "workspace+jwt"), good),
                signer.token(signer.header(), good.replace(",\"exp\":" + (now + 600), "")),
                signer.token(signer.header(), good.replace("" + (now + 600), "\"" + (now + 600) + "\"")),
                signer.token(signer.header(), good.replace("\"iat\":" + now, "\"iat\":" + (now + 3000))),
                signer.token(signer.header(), good.replace("\"iat\"", "\"nbf\":" + (now + 3000) + ",\"iat\"")),
                signer.token(signer.header(), good.replace("benchtop-session", "benchtop-api")),
                signer.token(signer.header(), good.replace("\"iss\":\"benchtop\"", "\"iss\":\"other\"")),
                signer.token(signer.header(), good.replace("developer", "god")),
                signer.token(signer.header(), "[".repeat(2000)),
                signer.token(signer.header(), "{\"a\":".repeat(400)),
                signer.token(signer.header(), good) + "x",
                "a.b.c",
                "A".repeat(8000));

        for (String token : bad) {
            // When
            String answer = proxy.refused(proxy.get(PREFIX + "api", cookie(token)));

            // Then
            assertThat(answer).as(token).startsWith("HTTP/1.1 401");
        }
        assertThat(proxy.roundTrip(
                                proxy.server,
                                proxy.get(PREFIX + "api", cookie(signer.token(signer.header(), good))),
                                ok(""))[1])
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void s29_ourCookieAndBearerNeverReachTheServer() {
        // Given
        String session = proxy.session("alice", "developer", "s29");
        String lines = "Cookie: a=1; " + COOKIE + "=" + session + "; benchtop-session-9999=other; _xsrf=2\r\n"
                + "Authorization: Basic c2VjcmV0\r\n";

        for (String head : List.of(
                proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", lines), ok(""))[0], webSocketHead(lines))) {
            // Then
            assertThat(head)
                    .contains("Cookie: a=1; _xsrf=2\r\n")
                    .doesNotContain(session, "benchtop-session", "Authorization");
        }
    }

    @Test
    void s39_aPageOfAnotherSiteCannotReadAFile() {
        // Given
        String image = proxy.get(
                PREFIX + "files/x.svg", proxy.alice(), "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n");
        String link =
                proxy.get(PREFIX + "lab", proxy.alice(), "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n");

        // When / Then
        assertThat(proxy.refused(image)).startsWith("HTTP/1.1 403");
        assertThat(proxy.roundTrip(proxy.server, link, ok("lab"))[1]).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "benchtop.example.evil.example",
                "benchtop.example.:8080",
                "localhost.evil.example",
                "",
                "other.example:x",
                "user@benchtop.example"
            })
    void aHostThatIsNotOursIsMisdirected(String host) {
        assertThat(proxy.refused("GET /workspaces HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "127.0.0.1", "[::1]:8080", "other.example", "BENCHTOP.example"})
    void aHostThatIsOursIsServedUnchanged(String host) {
        assertThat(proxy.roundTrip(proxy.service, "GET /workspaces HTTP/1.1\r\nHost: " + host + "\r\n\r\n", ok(""))[0])
                .contains("Host: " + host + "\r\n");
    }

    private String webSocketHead(String lines) {
        try (Wire client = proxy.client()) {
            boolean hasCookie = lines.contains("Cookie:");
            client.send(webSocket(CHANNELS, hasCookie ? "" : proxy.alice(), OWN_ORIGIN, lines));
            Wire server = proxy.server.next();
            String head = server.head();
            server.send(SWITCHING);
            client.head();
            return head;
        }
    }

    private int flooded(String ask) {
        try (Wire client = proxy.client()) {
            client.send(ask);
            Wire server = proxy.server.next();
            server.head();
            server.send("HTTP/1.1 102 Processing\r\n\r\n".repeat(100));
            int interim = 0;
            while (client.head().startsWith("HTTP/1.1 102")) {
                interim++;
            }
            return interim;
        }
    }
}
