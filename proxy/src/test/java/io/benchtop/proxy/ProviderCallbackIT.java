package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.COOKIE;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static io.benchtop.proxy.TestingProxy.ok;
import static io.benchtop.proxy.TestingProxy.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** S28 at the proxy: a browser comes back from an identity provider, which is another site. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderCallbackIT {

    private static final String TARGET = "/login/oidc/callback?code=c0de-canary&state=st4te-canary";
    private static final String FROM_ELSEWHERE =
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    private static final String ATTEMPT = "benchtop-session-sign-in-8080=sealed";

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
    void s28_theWayBackPassesWithItsCookieAndBothCookiesOfTheAnswerPass() {
        // When
        String[] trip = proxy.roundTrip(
                proxy.service,
                proxy.get(TARGET, FROM_ELSEWHERE, "Cookie: " + ATTEMPT + "\r\n"),
                "HTTP/1.1 303 See Other\r\nLocation: /\r\nContent-Length: 0\r\n"
                        + "Set-Cookie: benchtop-session-sign-in-8080=; Max-Age=0\r\nSet-Cookie: " + COOKIE
                        + "=fresh\r\n\r\n");

        // Then
        assertThat(trip[0]).startsWith("GET " + TARGET + " HTTP/1.1").contains("Cookie: " + ATTEMPT + "\r\n");
        assertThat(trip[1]).contains("sign-in-8080=; Max-Age=0\r\n", "Set-Cookie: " + COOKIE + "=fresh\r\n");
    }

    @Test
    void s03_whatWouldChangeSomethingFromElsewhereIsStillRefused() {
        for (String path : new String[] {TARGET, "/login", "/logout"}) {
            assertThat(proxy.refused(request("POST", path, FROM_ELSEWHERE, "Content-Length: 0\r\n")))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void s28_aServerNeitherSeesNorSetsTheAttempt() {
        // When
        String[] trip = proxy.roundTrip(
                proxy.server,
                proxy.get(PREFIX + "api", "Cookie: " + ATTEMPT + "; " + cookieOfAlice() + "\r\n"),
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: " + ATTEMPT + "-planted; Path=/\r\n\r\n");

        // Then
        assertThat(trip[0]).doesNotContain("sealed");
        assertThat(trip[1]).startsWith("HTTP/1.1 200").doesNotContain("planted");
    }

    @Test
    void s08_neitherCodeNorStateIsLogged() {
        // When
        proxy.roundTrip(proxy.service, proxy.get(TARGET, FROM_ELSEWHERE), ok(""));

        // Then
        await().untilAsserted(() -> assertThat(proxy.accessLog()).contains("/login/oidc/callback"));
        assertThat(proxy.accessLog()).doesNotContain("canary");
    }

    private String cookieOfAlice() {
        return COOKIE + "=" + proxy.session("alice", "developer", "s28-alice");
    }
}
