package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.cookie;
import static io.benchtop.proxy.TestingProxy.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.proxy.testing.FakeControlPlane;
import io.benchtop.proxy.testing.Signer;
import io.benchtop.proxy.testing.Wire;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxy and its control plane: following, losing, finding again. */
class RouteFeedIT {

    private final TestingProxy proxy = new TestingProxy();

    @AfterEach
    void stop() {
        proxy.close();
    }

    private String get() {
        return proxy.get(PREFIX + "api", proxy.alice());
    }

    @Test
    void aRouteThatIsRemovedIsGone() {
        // When
        proxy.control.remove(PREFIX);

        // Then
        await().untilAsserted(() -> assertThat(proxy.refused(get())).startsWith("HTTP/1.1 404"));
    }

    @Test
    void aResetIsFollowedByANewPull() {
        // Given
        proxy.control.putSilently(TestingProxy.running(proxy.server.url(), 42));

        // When
        proxy.control.reset();

        // Then
        await().untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(42));
    }

    @Test
    void newKeysReplaceTheOldOnes() {
        // Given
        String old = get();
        assertThat(proxy.roundTrip(proxy.server, old, ok(""))[1]).startsWith("HTTP/1.1 200");
        Signer next = new Signer("key-2");

        // When
        proxy.control.rotate(next.jwks());

        // Then
        await().untilAsserted(() -> assertThat(proxy.refused(old)).startsWith("HTTP/1.1 401"));
        long now = proxy.nowSeconds();
        String session = cookie(next.session("alice", "developer", "rotated", now, now + 600));
        assertThat(proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", session), ok(""))[1])
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void withoutTheServiceRunningServersAreServedAndNothingElseIsLost() throws Exception {
        // Given
        proxy.control.revoke("gone");
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(Files.readString(proxy.stateFile)).contains("gone"));
        proxy.control.close();

        // When / Then
        assertThat(proxy.roundTrip(proxy.server, get(), ok("alive"))[1]).endsWith("alive");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(proxy.stateFile)))
                .isEqualTo("rw-------");

        // When a new proxy starts from the table on disk
        try (TestingProxy second = new TestingProxy(proxy)) {
            // Then
            assertThat(second.roundTrip(proxy.server, get(), ok("from disk"))[1])
                    .endsWith("from disk");
            assertThat(second.refused(proxy.get(PREFIX + "api", cookie(proxy.session("alice", "developer", "gone")))))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void aServiceThatComesBackIsFoundWithinSeconds() throws Exception {
        // Given
        int port = proxy.control.port();
        proxy.control.close();

        // When
        try (FakeControlPlane back = new FakeControlPlane(proxy.signer.jwks(), port)) {
            back.put(TestingProxy.running(proxy.server.url(), 7));

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(proxy.routeGeneration()).isEqualTo(7));
        }
    }

    @Test
    void everyCallCarriesTheInternalKey() {
        assertThat(proxy.control.authorizations).containsOnly("Internal " + FakeControlPlane.KEY);
    }

    @Test
    void aServiceThatIsAwayIsSaidToBeRestarting() {
        // Given
        proxy.service.close();

        // When / Then
        assertThat(proxy.refused(proxy.get("/workspaces", "Accept: text/html\r\n")))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: ", "Refresh: ", "text/html");
        assertThat(proxy.refused(proxy.get("/api/v1/me"))).contains("\"code\":\"service_unavailable\"");
    }

    @Test
    void anApiTokenIsAskedForOnceAndThenRemembered() {
        // Given
        String token = "bt_onceonceonce_" + "o".repeat(43);
        proxy.control.tokens.put(
                token,
                "{\"user\":\"alice\",\"name\":\"Alice\",\"role\":\"developer\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
                        + "\"tokenId\":\"onceonceonce\"}");
        String request = proxy.get(PREFIX + "api", "Authorization: Bearer " + token + "\r\n");

        // When
        String head = proxy.roundTrip(proxy.server, request, ok(""))[0];
        proxy.roundTrip(proxy.server, request, ok(""));
        proxy.refused(proxy.get(PREFIX + "api", "Authorization: Bearer nonsense\r\n"));

        // Then
        assertThat(head).contains("X-Benchtop-Identity: ").doesNotContain(token);
        assertThat(proxy.control.introspections.get()).isEqualTo(1);
    }

    @Test
    void aTokenThatWasRevokedBetweenTwoWatchesIsNotRememberedAsGood() {
        // Given
        String token = "bt_betweenbetwe_" + "b".repeat(43);
        proxy.control.tokens.put(
                token,
                "{\"user\":\"alice\",\"name\":\"Alice\",\"role\":\"developer\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
                        + "\"tokenId\":\"betweenbetwe\"}");
        String request = proxy.get(PREFIX + "api", "Authorization: Bearer " + token + "\r\n");
        assertThat(proxy.roundTrip(proxy.server, request, ok(""))[1]).startsWith("HTTP/1.1 200");

        // When
        proxy.control.revokeTokenSilently("betweenbetwe");
        proxy.control.reset();

        // Then
        await().untilAsserted(() -> assertThat(proxy.refusedOrServed(request)).startsWith("HTTP/1.1 401"));
    }

    @Test
    void aCookieThatIsHalfSpentIsRenewedOnALaterAnswer() {
        // Given
        long now = proxy.nowSeconds();
        String half = cookie(proxy.signer.session("alice", "developer", "half", now - 2000, now + 1000));
        proxy.control.renewals.put("half", TestingProxy.COOKIE + "=fresh; Path=/; HttpOnly; SameSite=Lax");

        // When / Then
        await().untilAsserted(() -> assertThat(
                        proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", half), ok("x"))[1])
                .contains("Set-Cookie: " + TestingProxy.COOKIE + "=fresh; Path=/; HttpOnly"));
        assertThat(proxy.roundTrip(
                                proxy.server,
                                proxy.get(PREFIX + "static/x.js", half),
                                "HTTP/1.1 200 OK\r\nCache-Control: public, max-age=9\r\nContent-Length: 0\r\n\r\n")[1])
                .doesNotContain("Set-Cookie");
    }

    @Test
    void aSessionThatCannotBeRenewedBecauseItEndedIsOver() {
        // Given
        long now = proxy.nowSeconds();
        String ended = cookie(proxy.signer.session("alice", "developer", "ended", now - 2000, now + 1000));

        // When
        proxy.roundTrip(proxy.server, proxy.get(PREFIX + "api", ended), ok(""));

        // Then
        await().untilAsserted(() -> assertThat(proxy.refusedOrServed(proxy.get(PREFIX + "api", ended)))
                .startsWith("HTTP/1.1 401"));
    }

    @Test
    void drainingFinishesWhatIsInProgressAndAcceptsNothingNew() throws Exception {
        // Given
        try (Wire busy = proxy.client();
                Wire idle = proxy.client();
                Wire warm = proxy.client()) {
            warm.send(proxy.get("/internal/x")).message();
            busy.send(get());
            Wire server = proxy.server.next();
            server.head();

            // When
            Thread ending = Thread.ofPlatform().start(() -> {
                try {
                    proxy.proxy.shutDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            // Then
            assertThat(warm.isEnded()).isTrue();
            assertThat(idle.isEnded()).isTrue();
            server.send(ok("finished"));
            assertThat(busy.rest()).contains("Connection: close").endsWith("finished");
            ending.join(9000);
            assertThat(ending.isAlive()).isFalse();
        }
    }
}
