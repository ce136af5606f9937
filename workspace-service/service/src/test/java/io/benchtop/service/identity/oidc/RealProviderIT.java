package io.benchtop.service.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingService;
import io.benchtop.service.identity.ProviderAnswer;
import io.benchtop.service.identity.ProviderCallback;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.SignInAttempt;
import io.benchtop.service.identity.oidc.TestingBrowser.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S28 with a real provider: a person's whole way through its pages and back. */
class RealProviderIT {

    private static final String CALLBACK = TestingService.PUBLIC_URL + "/login/oidc/callback";
    private static final String SECRET = "a secret: of 100% tests + more";

    @TempDir
    static Path data;

    private static TestingProvider provider;
    private static TestingService service;

    @BeforeAll
    static void start() throws IOException {
        provider = TestingProvider.start(CALLBACK, TestingService.PUBLIC_URL + "/login");
        Path secret = Files.writeString(data.resolve("client-secret"), SECRET + "\n");
        service = TestingService.start(
                data,
                Map.of(
                        "benchtop.oidc.issuer", provider.issuer(),
                        "benchtop.oidc.client-id", "benchtop",
                        "benchtop.oidc.client-secret-file", secret.toString(),
                        "benchtop.oidc.scopes", "openid profile email groups",
                        "benchtop.oidc.display-name", "Example",
                        "benchtop.oidc.role-claim", "groups",
                        "benchtop.oidc.admin-groups", "ops",
                        "benchtop.oidc.developer-groups", List.of("science"),
                        "benchtop.oidc.email-domains", "example.org"));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    @Test
    void aPersonSignsInAtTheProviderAndIsThereWithTheRoleOfTheGroup() {
        // Given
        TestingBrowser browser = new TestingBrowser(service.url());

        // When
        Page page = signIn(browser, "anna", "/settings");

        // Then
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.address().getPath()).isEqualTo("/settings");
        assertThat(page.html()).contains("Anna Weber", "anna-weber", "role admin", "id=\"no-password\"");
        assertThat(service.signIn("root", Role.ADMIN)
                        .get("/api/v1/audit?actor=anna-weber")
                        .body())
                .contains("session.sign-in", "with Example", "user.create", "role admin");
    }

    @ParameterizedTest
    @CsvSource({"carol, none of the groups", "dora, e-mail address was verified"})
    void s17WhoeverMayNotComeInReadsWhy(String login, String sentence) {
        // When
        Page page = signIn(new TestingBrowser(service.url()), login, "/");

        // Then
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.html()).contains("id=\"login-problem\"", sentence, "id=\"login-provider\"");
    }

    @Test
    void whoeverTurnsBackAtTheProviderIsNotSignedIn() {
        // Given
        TestingBrowser browser = new TestingBrowser(service.url());
        Page login = browser.open("/login/oidc");

        // When
        Page page = browser.open(login.address() + "/abort");

        // Then
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.html()).contains("Example did not sign you in");
        assertThat(browser.open("/settings").address().getPath()).isEqualTo("/login");
    }

    @Test
    void s28TheAddressOfTheWayBackCountsOnce() {
        // Given
        TestingBrowser browser = new TestingBrowser(service.url());
        URI callback = wayBack(browser, "ben", "/login/oidc");
        assertThat(browser.open(callback.toString()).status()).isEqualTo(200);

        // When
        Page again = browser.open(callback.toString());

        // Then
        assertThat(again.status()).isEqualTo(400);
    }

    @Test
    void s28SomebodyElsesCodeIsRefusedByTheProviderForItsChallenge() {
        // Given
        URI mallorys = wayBack(new TestingBrowser(service.url()), "anna", "/login/oidc");
        TestingBrowser victim = new TestingBrowser(service.url());
        Page login = victim.openUpTo("/login/oidc", provider.issuer());
        String state = query(login.address(), "state");

        // When
        Page page = victim.open(
                "/login/oidc/callback?" + mallorys.getRawQuery().replaceAll("state=[^&]*", "state=" + state));

        // Then
        assertThat(page.status()).isEqualTo(403);
        assertThat(service.signIn("root", Role.ADMIN)
                        .get("/api/v1/audit?action=session.sign-in&limit=5")
                        .body())
                .contains("the token endpoint does not take the code (invalid_grant)");
    }

    @Test
    void s28AWayBackWithoutTheBrowsersAttemptIsRefused() {
        // Given
        URI callback = wayBack(new TestingBrowser(service.url()), "ben", "/login/oidc");

        // Then
        assertThat(new TestingBrowser(service.url()).open(callback.toString()).status())
                .isEqualTo(400);
    }

    @Test
    void signingOutLeadsToSigningOutAtTheProvider() {
        // Given
        TestingBrowser browser = new TestingBrowser(service.url());
        Page page = signIn(browser, "ben", "/settings");

        // When
        Page signedOut = browser.submit(page, "/logout", Map.of());

        // Then
        assertThat(signedOut.html()).contains("You are signed out", "id=\"provider-sign-out\"");
        assertThat(browser.open("/settings").address().getPath()).isEqualTo("/login");
        String address = signedOut.html().replaceAll("(?s).*id=\"provider-sign-out\" href=\"([^\"]+)\".*", "$1");
        assertThat(browser.open(address.replace("&amp;", "&")).html()).contains("Yes, sign me out");
    }

    @ParameterizedTest
    @CsvSource({
        "benchtop, true",
        "benchtop-post, true",
        "benchtop-public, false",
        "benchtop-ps256, false",
        "benchtop-es256, false",
    })
    void everyKindOfClientRedeemsItsCode(String client, boolean secret) throws IOException {
        // Given
        String text = client.equals("benchtop") ? SECRET : "another secret";
        Path file = Files.writeString(data.resolve(client), text);
        try (OidcIdentityProvider ours = client(client, secret ? file : null)) {
            SignInAttempt attempt = attempt();

            // When
            URI callback = wayBack(
                    new TestingBrowser(service.url()),
                    "anna",
                    ours.begin(attempt).orElseThrow().toString());

            // Then
            assertThat(ours.complete(callbackOf(callback), attempt))
                    .isInstanceOfSatisfying(ProviderAnswer.Proven.class, proven -> {
                        assertThat(proven.claims().identity().subject()).isEqualTo("anna");
                        assertThat(proven.claims().groups()).containsExactlyInAnyOrder("ops", "chess");
                        assertThat(proven.claims().emailVerified()).isTrue();
                    });
        }
    }

    @Test
    void s28ACodeForAnotherClientIsRefused() {
        // Given
        SignInAttempt attempt = attempt();
        try (OidcIdentityProvider theirs = client("benchtop-public", null);
                OidcIdentityProvider ours = client("benchtop-ps256", null)) {
            URI callback = wayBack(
                    new TestingBrowser(service.url()),
                    "anna",
                    theirs.begin(attempt).orElseThrow().toString());

            // Then
            assertThat(ours.complete(callbackOf(callback), attempt)).isInstanceOf(ProviderAnswer.Refused.class);
        }
    }

    private static Page signIn(TestingBrowser browser, String login, String next) {
        Page consent = browser.submit(
                browser.open("/login/oidc?next=" + next), "/interaction/", Map.of("login", login, "password", "any"));
        return browser.submit(consent, "/interaction/", Map.of());
    }

    /** Everything up to the address with which the browser would come back. */
    private static URI wayBack(TestingBrowser browser, String login, String beginning) {
        Page consent =
                browser.submit(browser.open(beginning), "/interaction/", Map.of("login", login, "password", "any"));
        return browser.submitUpTo(consent, "/interaction/", Map.of(), CALLBACK).address();
    }

    private static OidcIdentityProvider client(String id, @Nullable Path secret) {
        return new OidcIdentityProvider(
                new OidcSettings(
                        provider.issuer(),
                        id,
                        secret,
                        List.of("openid", "profile", "email", "groups"),
                        "groups",
                        URI.create(TestingService.PUBLIC_URL),
                        true),
                Clock.systemUTC());
    }

    private static SignInAttempt attempt() {
        return new SignInAttempt("state", "nonce", "v".repeat(43), "/", Instant.MAX);
    }

    private static ProviderCallback callbackOf(URI address) {
        return new ProviderCallback(query(address, "state"), query(address, "code"), query(address, "iss"), null);
    }

    private static String query(URI address, String name) {
        return ScriptedProvider.form(address.getRawQuery()).get(name);
    }
}
