package io.benchtop.service.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in through the service's own pages, with a provider that a test can spoil. */
class SignInByProviderIT {

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @TempDir
    static Path data;

    private static ScriptedProvider provider;
    private static TestingService service;

    /** A browser that was sent to the provider: what it keeps, and where it was sent. */
    private record Leaving(TestingClient browser, String cookie, URI location) {

        String state() {
            return ScriptedProvider.form(location.getRawQuery()).get("state");
        }

        TestingClient withCookie() {
            return browser.with("Cookie", cookie);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        provider = new ScriptedProvider();
        Path secret = Files.writeString(data.resolve("client-secret"), ScriptedProvider.SECRET);
        service = TestingService.start(
                data,
                Map.of(
                        "benchtop.oidc.issuer", provider.issuer(),
                        "benchtop.oidc.client-id", ScriptedProvider.CLIENT,
                        "benchtop.oidc.client-secret-file", secret.toString(),
                        "benchtop.oidc.display-name", "Example & Sons",
                        "benchtop.oidc.role-claim", "realm_access.roles",
                        "benchtop.oidc.admin-groups", "ops",
                        "benchtop.oidc.developer-groups", "science"));
    }

    @AfterAll
    static void stop() {
        service.close();
        provider.close();
    }

    @BeforeEach
    void somebody() {
        provider.claims.clear();
        provider.tokenAnswer = null;
        is(UUID.randomUUID().toString(), "anna", "science");
    }

    @Test
    void theSignInPageOffersBothWays() {
        // When
        String page = service.anonymous()
                .open("/login?next=/user/a/b/lab%3Fx=1%26y=2")
                .body();

        // Then
        assertThat(page)
                .contains("Sign in with Example &amp; Sons", "id=\"login-submit\"")
                .contains("href=\"/login/oidc?next=%2Fuser%2Fa%2Fb%2Flab%3Fx%3D1%26y%3D2\"");
    }

    @Test
    void thePersonComesBackToThePageThatWasAskedFor() {
        // Given
        Leaving leaving = leave("/login/oidc?next=/settings%3Fx=1");

        // When
        HttpResponse<String> answer = comeBack(leaving);

        // Then
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/settings?x=1");
        assertThat(service.anonymous()
                        .with("Cookie", session(answer))
                        .get("/api/v1/me")
                        .body())
                .contains("\"role\":\"developer\"", "\"kind\":\"session\"");
    }

    @Test
    void s28TheAttemptIsKeptWhereScriptsServersAndOtherSitesDoNotSeeIt() {
        // When
        HttpResponse<String> left = service.anonymous().open("/login/oidc");
        HttpResponse<String> back = comeBack(leave());

        // Then
        assertThat(setCookies(left).getFirst())
                // The proxy keeps every cookie with this beginning from a user's server.
                .startsWith("benchtop-session-sign-in-8080=")
                .endsWith("; Path=/; HttpOnly; SameSite=Lax; Max-Age=600");
        assertThat(setCookies(back))
                .contains("benchtop-session-sign-in-8080=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/%5Cevil.example",
                "https:evil.example",
                "https://evil.example/",
                "%2f%2fevil.example",
                "/%252fevil.example",
                "javascript:alert(1)",
                "/x%0d%0aSet-Cookie:a=b"
            })
    void s06NobodyIsSentToAnotherHostAfterSigningIn(String next) {
        // When
        HttpResponse<String> answer = comeBack(leave("/login/oidc?next=" + next));

        // Then
        assertThat(answer.headers().firstValue("Location")).contains("/");
    }

    @Test
    void s07NothingOfTheWayBackIsShown() {
        // Given
        Leaving leaving = leave();
        String markup = "%3Csvg%20onload%3Dalert(1)%3E";

        // When
        HttpResponse<String> answer = open(
                leaving.withCookie(), "state=" + leaving.state() + "&error=" + markup + "&error_description=" + markup);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("did not sign you in").doesNotContain("svg onload", "svg%20onload");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void s28AWrongStateIsRefusedBeforeTheProviderIsAsked() {
        // Given
        Leaving leaving = leave();
        String code = provider.authorize(leaving.location());
        long asked = provider.requestsOf("/token");

        // Then
        for (String query : List.of(
                "code=" + code + "&state=guess",
                "code=" + code,
                "state=" + leaving.state() + "&state=guess&code=" + code,
                "code=" + code + "&state=" + leave().state())) {
            HttpResponse<String> answer = open(leaving.withCookie(), query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(setCookies(answer)).noneMatch(cookie -> cookie.startsWith(TestingService.SESSION_COOKIE + "="));
        }
        assertThat(provider.requestsOf("/token")).isEqualTo(asked);
    }

    @Test
    void s28AWayBackWithoutThisBrowsersAttemptIsRefused() {
        // Given
        Leaving mallory = leave();
        Leaving victim = leave();
        String query = "code=" + provider.authorize(mallory.location()) + "&state=" + mallory.state();

        // Then
        assertThat(open(victim.withCookie(), query).statusCode()).isEqualTo(400);
        assertThat(open(victim.browser(), query).statusCode()).isEqualTo(400);
        assertThat(open(victim.browser().with("Cookie", victim.cookie() + "; " + mallory.cookie()), query)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void s28AWayBackCountsOnceAlsoForWhoeverKeptTheCookie() {
        // Given
        Leaving leaving = leave();
        comeBack(leaving);
        long asked = provider.requestsOf("/token");

        // When
        HttpResponse<String> again = comeBack(leaving);

        // Then
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("completed already");
        assertThat(provider.requestsOf("/token")).isEqualTo(asked);
    }

    @Test
    void s29EverySignInIsANewSession() {
        // Given
        String planted = TestingService.SESSION_COOKIE + "=planted";
        Leaving leaving = leave();

        // When
        String first = session(
                comeBack(new Leaving(leaving.browser(), leaving.cookie() + "; " + planted, leaving.location())));
        String second = session(comeBack(leave()));

        // Then
        assertThat(first).isNotEqualTo(planted).isNotEqualTo(second);
    }

    @Test
    void s05ARoleThatTheProviderTookEndsTheSessionsThatHadIt() {
        // Given
        service.user("boss", Role.ADMIN);
        is("subject-of-root", "rut", "ops");
        TestingClient before = service.anonymous().with("Cookie", session(comeBack(leave())));
        assertThat(before.get("/api/v1/users").statusCode()).isEqualTo(200);

        // When
        is("subject-of-root", "rut", "science");
        TestingClient after = service.anonymous().with("Cookie", session(comeBack(leave())));

        // Then
        assertThat(before.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(after.get("/api/v1/me").body()).contains("\"role\":\"developer\"");
    }

    @Test
    void s05SomebodyDisabledHereStaysOut() {
        // Given
        is("subject-of-olga", "olga", "science");
        comeBack(leave());
        service.signIn("boss", Role.ADMIN).patch("/api/v1/users/olga", "{\"disabled\":true}");

        // When
        HttpResponse<String> answer = comeBack(leave());

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("disabled");
    }

    @Test
    void s03TheWayBackIsANavigationFromElsewhereAndNothingElseIs() {
        // Given
        TestingClient elsewhere =
                service.anonymous().with("Sec-Fetch-Site", "cross-site").with("Origin", provider.issuer());

        // Then
        assertThat(elsewhere
                        .form("/login", Map.of("name", "a", "password", "b"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(elsewhere
                        .form("/login/oidc/callback", Map.of("state", "a", "code", "b"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(comeBack(leave()).statusCode()).isEqualTo(303);
    }

    @Test
    void s27ATokenThatIsWrongSignsNobodyIn() {
        // Given
        provider.claims.put("nonce", "another");

        // When
        HttpResponse<String> answer = comeBack(leave());

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(setCookies(answer)).noneMatch(cookie -> cookie.startsWith(TestingService.SESSION_COOKIE + "="));
        assertThat(answer.body()).contains("audit log").doesNotContain("nonce");
    }

    @Test
    void s46EveryRefusalLeavesOneRow() {
        // Given
        provider.claims.put("aud", "somebody-else");
        TestingClient admin = service.signIn("auditor", Role.ADMIN);
        comeBack(leave());

        // When
        String newest =
                admin.get("/api/v1/audit?action=session.sign-in&limit=1").body();

        // Then
        assertThat(newest)
                .contains("\"actor\":null", "\"outcome\":\"denied\"")
                .contains("forbidden: with Example & Sons: the ID token is for another client", "198.51.100.");
    }

    @Test
    void s46AWayBackThatSaysTwoThingsLeavesOneRow() {
        // Given
        TestingClient admin = service.signIn("auditor", Role.ADMIN);
        Leaving leaving = leave();

        // When
        open(leaving.withCookie(), "code=a&state=" + leaving.state() + "&state=guess");
        String address =
                admin.get("/api/v1/audit?action=session.sign-in&limit=1").body();
        open(leaving.browser().with("Cookie", leaving.cookie() + "; " + leave().cookie()), "code=a&state=b");
        String cookie =
                admin.get("/api/v1/audit?action=session.sign-in&limit=1").body();

        // Then
        assertThat(address).contains("\"outcome\":\"denied\"", "with Example & Sons: more than one \\\"state\\\"");
        assertThat(cookie).contains("\"outcome\":\"denied\"", "more than one cookie of a sign-in");
    }

    @Test
    void aProviderThatIsAwayIsToldInASentenceAndPasswordsStillWork() {
        // Given
        provider.tokenAnswer = new ScriptedProvider.Answer(502, "", Map.of());
        service.user("ruth", Role.VIEWER);

        // When
        HttpResponse<String> answer = comeBack(leave());

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("Example &amp; Sons cannot be reached just now", "id=\"login-submit\"");
        assertThat(service.signIn("ruth", Role.VIEWER).get("/api/v1/me").statusCode())
                .isEqualTo(200);
    }

    private static void is(String subject, String name, String role) {
        provider.claims.put("sub", subject);
        provider.claims.put("preferred_username", name);
        provider.claims.put("realm_access", Map.of("roles", List.of(role)));
    }

    private static Leaving leave() {
        return leave("/login/oidc");
    }

    private static Leaving leave(String path) {
        TestingClient browser = service.anonymous().from("198.51.100." + ADDRESSES.incrementAndGet());
        HttpResponse<String> answer = browser.open(path);
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = setCookies(answer).getFirst();
        return new Leaving(
                browser,
                cookie.substring(0, cookie.indexOf(';')),
                URI.create(answer.headers().firstValue("Location").orElseThrow()));
    }

    /** As the provider sends the browser back: by a navigation from its own site. */
    private static HttpResponse<String> comeBack(Leaving leaving) {
        String code = provider.authorize(leaving.location());
        return open(leaving.withCookie(), "code=" + code + "&state=" + leaving.state());
    }

    private static HttpResponse<String> open(TestingClient browser, String query) {
        return browser.with("Sec-Fetch-Site", "cross-site").open("/login/oidc/callback?" + query);
    }

    private static String session(HttpResponse<String> answer) {
        return setCookies(answer).stream()
                .filter(cookie -> cookie.startsWith(TestingService.SESSION_COOKIE + "="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not signed in: " + answer.body()));
    }

    private static List<String> setCookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie");
    }
}
