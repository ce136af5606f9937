package io.benchtop.service.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.MutableClock;
import io.benchtop.service.identity.ExternalClaims;
import io.benchtop.service.identity.ExternalIdentity;
import io.benchtop.service.identity.ProviderAnswer;
import io.benchtop.service.identity.ProviderCallback;
import io.benchtop.service.identity.SignInAttempt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversation with a provider that is honest, broken or away. What a hostile one says is {@link HostileTokenIT}. */
class OidcIdentityProviderIT {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-21T06:00:00Z"));
    private final SignInAttempt attempt = attempt("nonce-1", "verifier-of-43-characters-000000000000000001");

    @TempDir
    Path folder;

    private ScriptedProvider provider;
    private OidcIdentityProvider ours;

    @BeforeEach
    void start() throws IOException {
        provider = new ScriptedProvider();
        provider.now = clock.instant();
        Files.writeString(folder.resolve("secret"), ScriptedProvider.SECRET + "\n");
        ours = client(folder.resolve("secret"), "groups");
    }

    @AfterEach
    void stop() {
        ours.close();
        provider.close();
    }

    @Test
    void anHonestProviderProvesWhoItIs() {
        // Given
        provider.claims.putAll(Map.of(
                "preferred_username",
                "anna",
                "name",
                "Anna Weber",
                "email",
                "anna@corp.com",
                "email_verified",
                true,
                "groups",
                List.of("ops", "science")));

        // When
        ProviderAnswer answer = signIn();

        // Then
        assertThat(answer)
                .isEqualTo(new ProviderAnswer.Proven(new ExternalClaims(
                        new ExternalIdentity(provider.issuer(), "subject-1"),
                        "anna",
                        "Anna Weber",
                        "anna@corp.com",
                        true,
                        Set.of("ops", "science"))));
    }

    @Test
    void theBrowserIsSentWithEverythingThatTheCodeFlowNeeds() {
        // When
        URI location = ours.begin(attempt).orElseThrow();

        // Then
        assertThat(location.toString()).startsWith(provider.issuer() + "/authorize?");
        assertThat(ScriptedProvider.form(location.getRawQuery()))
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "benchtop")
                .containsEntry("redirect_uri", "https://benchtop.example.org/login/oidc/callback")
                .containsEntry("scope", "openid email")
                .containsEntry("state", attempt.state())
                .containsEntry("nonce", "nonce-1")
                .containsEntry("code_challenge_method", "S256");
        assertThat(location.toString()).doesNotContain(attempt.verifier());
    }

    @Test
    void s28ACodeIsWorthNothingWithoutTheVerifierOfItsAttempt() {
        // Given
        SignInAttempt other = attempt("nonce-1", "another-verifier-000000000000000000000000000");
        String code = provider.authorize(ours.begin(attempt).orElseThrow());

        // When
        ProviderAnswer answer = ours.complete(callback(code), other);

        // Then
        assertThat(answer)
                .isEqualTo(new ProviderAnswer.Refused("the token endpoint does not take the code (invalid_grant)"));
    }

    @Test
    void s28ACodeCountsOnce() {
        // Given
        String code = provider.authorize(ours.begin(attempt).orElseThrow());
        ours.complete(callback(code), attempt);

        // Then
        assertThat(ours.complete(callback(code), attempt)).isInstanceOf(ProviderAnswer.Refused.class);
    }

    @Test
    void s28ATokenForAnotherAttemptIsRefused() {
        // Given
        String code = provider.authorize(ours.begin(attempt).orElseThrow());
        SignInAttempt other = attempt("nonce-2", attempt.verifier());

        // When
        ProviderAnswer answer = ours.complete(callback(code), other);

        // Then
        assertThat(answer).hasToString("Refused[why=the ID token was not made for this sign-in (nonce)]");
    }

    @Test
    void s28AnAnswerOfAnotherProviderIsNotShownToThisOne() {
        // Given
        String code = provider.authorize(ours.begin(attempt).orElseThrow());

        // When
        ProviderAnswer mixedUp = ours.complete(new ProviderCallback("s", code, "https://evil.example", null), attempt);

        // Then
        assertThat(mixedUp).isInstanceOf(ProviderAnswer.Refused.class);
        assertThat(provider.requestsOf("/token")).isZero();
        assertThat(ours.complete(new ProviderCallback("s", code, provider.issuer(), null), attempt))
                .isInstanceOf(ProviderAnswer.Proven.class);
    }

    @Test
    void s28AProviderThatSaysItNamesItselfMustNameItself() {
        // Given
        provider.discovery.put("authorization_response_iss_parameter_supported", true);
        String code = provider.authorize(ours.begin(attempt).orElseThrow());

        // Then
        assertThat(ours.complete(callback(code), attempt)).isInstanceOf(ProviderAnswer.Refused.class);
        assertThat(provider.requestsOf("/token")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"access_denied, access_denied", "<script>alert(1)</script>, an error that is none"})
    void aRefusalOfTheProviderIsToldWithoutForeignText(String error, String told) {
        assertThat(ours.complete(new ProviderCallback("s", null, null, error), attempt)
                        .toString())
                .contains(told)
                .doesNotContain("<");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void s23TheTokenEndpointsRedirectIsNotFollowed(int status) {
        // Given
        provider.tokenAnswer =
                new ScriptedProvider.Answer(status, "", Map.of("Location", provider.issuer() + "/stolen"));

        // When
        ProviderAnswer answer = signIn();

        // Then
        assertThat(answer.toString()).contains("redirect, which is not followed");
        assertThat(provider.requestsOf("/stolen")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"500, true", "503, true", "429, true", "400, false", "200, false"})
    void anAnswerThatMakesNoSenseIsARefusalOrAnOutage(int status, boolean away) {
        // Given
        provider.tokenAnswer = new ScriptedProvider.Answer(status, "<html>oops", Map.of());

        // Then
        assertThat(signIn()).isInstanceOf(away ? ProviderAnswer.Unreachable.class : ProviderAnswer.Refused.class);
    }

    @Test
    void s26AnEndlessAnswerIsCutOff() {
        // Given
        provider.tokenAnswer = new ScriptedProvider.Answer(200, "x".repeat(10_000_000), Map.of());

        // Then
        assertThat(signIn()).isInstanceOf(ProviderAnswer.Unreachable.class);
    }

    @Test
    void aSecretThatTheProviderDoesNotTakeIsAnOutageThatTheLogExplains() throws IOException {
        // Given
        Files.writeString(folder.resolve("secret"), "wrong");

        // Then
        assertThat(signIn().toString()).startsWith("Unreachable").contains("client id and secret (invalid_client)");
    }

    @ParameterizedTest
    @CsvSource({"client_secret_basic, true", "client_secret_post, true", "none, false"})
    void theClientShowsItselfAsTheProviderWishes(String method, boolean secret) {
        // Given
        provider.discovery.put("token_endpoint_auth_methods_supported", List.of(method));
        ours = client(secret ? folder.resolve("secret") : null, null);

        // Then
        assertThat(signIn()).isInstanceOf(ProviderAnswer.Proven.class);
    }

    @Test
    void aKeyThatIsNewIsFetched() {
        // Given
        signIn();
        provider.rotateKeys("key-2");
        clock.advance(Duration.ofSeconds(5));

        // Then
        assertThat(signIn()).isInstanceOf(ProviderAnswer.Proven.class);
    }

    @Test
    void s27UnknownKeysDoNotMakeUsAskAgainAndAgain() {
        // Given
        provider.tokens = content -> RawToken.rs256(
                Map.of("alg", "RS256", "kid", "nobody's"),
                content,
                provider.keys().getPrivate());

        // When
        for (int i = 0; i < 20; i++) {
            assertThat(signIn()).isInstanceOf(ProviderAnswer.Refused.class);
        }

        // Then
        assertThat(provider.requestsOf("/keys")).isEqualTo(1);
    }

    @Test
    void aProviderThatIsAwayIsNoObstacleToStartAndIsFoundWhenItIsBack() {
        // Given
        String issuer = (String) provider.discovery.remove("issuer");
        assertThat(ours.begin(attempt)).isEmpty();

        // When
        provider.discovery.put("issuer", issuer);
        clock.advance(Duration.ofSeconds(5));

        // Then
        assertThat(ours.begin(attempt)).isPresent();
    }

    @Test
    void whatIsKnownGoesOnCountingWhileTheProviderIsAway() {
        // Given
        ours.begin(attempt);
        provider.discovery.put("issuer", "https://evil.example");
        clock.advance(Duration.ofHours(2));

        // Then
        assertThat(ours.begin(attempt)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, https://evil.example",
        "issuer, ''",
        "token_endpoint, http://id.example.org/token",
        "authorization_endpoint, javascript:alert(1)",
        "jwks_uri, file:///etc/passwd",
        "userinfo_endpoint, https://a@b/",
        "end_session_endpoint, not an address"
    })
    void s12ADiscoveryDocumentThatLeadsAstrayIsNotTaken(String member, String value) {
        // Given
        provider.discovery.put(member, value);

        // Then
        assertThat(ours.begin(attempt)).isEmpty();
    }

    @Test
    void whatTheIdTokenDoesNotSayIsAskedForAboutTheSamePersonOnly() {
        // Given
        provider.discovery.put("userinfo_endpoint", provider.issuer() + "/userinfo");
        provider.claims.put("email", "anna@corp.com");
        provider.userInfo = Map.of(
                "sub", "subject-1", "email", "other@corp.com", "email_verified", true, "groups", List.of("science"));

        // When
        ProviderAnswer answer = signIn();
        provider.userInfo = Map.of("sub", "subject-2", "groups", List.of("ops"));
        ProviderAnswer other = signIn();

        // Then
        assertThat(answer)
                .isEqualTo(new ProviderAnswer.Proven(new ExternalClaims(
                        new ExternalIdentity(provider.issuer(), "subject-1"),
                        null,
                        null,
                        "anna@corp.com",
                        false,
                        Set.of("science"))));
        assertThat(other.toString()).contains("somebody else");
    }

    @Test
    void signingOutLeadsToTheProviderIfItOffersThat() {
        // Then
        assertThat(ours.signOut().orElseThrow().toString())
                .isEqualTo(
                        provider.issuer()
                                + "/end?client_id=benchtop&post_logout_redirect_uri=https%3A%2F%2Fbenchtop.example.org%2Flogin");
    }

    private ProviderAnswer signIn() {
        String code = provider.authorize(ours.begin(attempt).orElseThrow());
        return ours.complete(callback(code), attempt);
    }

    private OidcIdentityProvider client(@Nullable Path secret, @Nullable String roleClaim) {
        OidcSettings settings = new OidcSettings(
                provider.issuer(),
                ScriptedProvider.CLIENT,
                secret,
                List.of("openid", "email"),
                roleClaim,
                URI.create("https://benchtop.example.org"),
                true);
        return new OidcIdentityProvider(settings, clock);
    }

    private static ProviderCallback callback(String code) {
        return new ProviderCallback("state", code, null, null);
    }

    private static SignInAttempt attempt(String nonce, String verifier) {
        return new SignInAttempt("state", nonce, verifier, "/", Instant.parse("2026-11-21T06:10:00Z"));
    }
}
