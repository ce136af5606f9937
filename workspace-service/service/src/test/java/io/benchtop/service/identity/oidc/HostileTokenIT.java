package io.benchtop.service.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.MutableClock;
import io.benchtop.service.identity.ProviderAnswer;
import io.benchtop.service.identity.ProviderCallback;
import io.benchtop.service.identity.SignInAttempt;
import io.jsonwebtoken.security.Jwks;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** S27: whatever is wrong about an ID token, it proves nothing. */
class HostileTokenIT {

    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final KeyPair MALLORY = generate();

    private final SignInAttempt attempt =
            new SignInAttempt("state", "nonce", "v".repeat(43), "/", NOW.plusSeconds(600));

    private ScriptedProvider provider;
    private OidcIdentityProvider ours;

    @BeforeEach
    void start() {
        provider = new ScriptedProvider();
        provider.now = NOW;
        provider.discovery.put("token_endpoint_auth_methods_supported", List.of("none"));
        OidcSettings settings = new OidcSettings(
                provider.issuer(),
                ScriptedProvider.CLIENT,
                null,
                List.of("openid"),
                null,
                URI.create("https://benchtop.example.org"),
                false);
        ours = new OidcIdentityProvider(settings, new MutableClock(NOW));
    }

    @AfterEach
    void stop() {
        ours.close();
        provider.close();
    }

    static Stream<Arguments> wrongClaims() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                claim("iss", "https://evil.example", "of another issuer"),
                claim("iss", null, "of another issuer"),
                claim("aud", "somebody-else", "for another client"),
                claim("aud", "benchtop ", "for another client"),
                claim("aud", List.of(), "for another client"),
                claim("aud", List.of("benchtop", 7), ""),
                claim("aud", null, "for another client"),
                claim("aud", List.of("benchtop", "other"), "for several clients"),
                claim("azp", "other", "asked for by another client"),
                claim("exp", now - 61, "not valid at this time"),
                claim("exp", null, "does not say when"),
                claim("exp", Long.toString(now + 300), ""),
                claim("exp", true, ""),
                claim("iat", now + 61, "from the future"),
                claim("iat", null, "from the future"),
                claim("nbf", now + 61, "not valid at this time"),
                claim("nbf", "soon", ""),
                claim("nonce", "another", "not made for this sign-in"),
                claim("nonce", null, "not made for this sign-in"),
                claim("nonce", List.of("nonce"), "not made for this sign-in"),
                claim("sub", null, "does not say who"),
                claim("sub", 7, ""),
                claim("sub", "", "subject that is none"),
                claim("sub", "x".repeat(256), "subject that is none"),
                claim("sub", "\u00e9", "subject that is none"),
                claim("padding", "x".repeat(16 * 1024), "longer than"));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void s27AWrongClaimIsRefused(String name, @Nullable Object value, String why) {
        // Given
        provider.claims.put(name, value);

        // Then
        assertRefused(why);
    }

    static Stream<Arguments> rightClaims() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                Arguments.of("aud", List.of("benchtop")),
                Arguments.of("azp", "benchtop"),
                Arguments.of("exp", now - 30),
                Arguments.of("iat", now + 30),
                Arguments.of("nbf", now + 30));
    }

    @ParameterizedTest
    @MethodSource("rightClaims")
    void aClaimThatMayBeSoIsTaken(String name, Object value) {
        // Given
        provider.claims.put(name, value);

        // Then
        assertThat(signIn()).isInstanceOf(ProviderAnswer.Proven.class);
    }

    static Stream<Arguments> wrongHeaders() {
        return Stream.of(
                header("none in place of a signature", Map.of("alg", "none"), "not a signed token"),
                header("None, and a signature of nothing", Map.of("alg", "None", "kid", "key-1"), "algorithm"),
                header("an algorithm that is no text", Map.of("alg", 7, "kid", "key-1"), "algorithm"),
                header("no algorithm", Map.of("kid", "key-1"), "algorithm"),
                header("a key that is not there", Map.of("alg", "RS256", "kid", "key-2"), "does not have"),
                header("a path for a key", Map.of("alg", "RS256", "kid", "../../dev/null"), "does not have"),
                header("a query for a key", Map.of("alg", "RS256", "kid", "' OR 1=1"), "does not have"),
                header("another algorithm of the key", Map.of("alg", "PS256", "kid", "key-1"), "does not have"),
                header("another kind of key", Map.of("alg", "ES256", "kid", "key-1"), "does not have"),
                header("an extension", Map.of("alg", "RS256", "kid", "key-1", "crit", List.of("exp")), "extension"),
                header("unencoded content", Map.of("alg", "RS256", "kid", "key-1", "b64", false), "extension"),
                header("compressed content", Map.of("alg", "RS256", "kid", "key-1", "zip", "DEF"), "extension"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongHeaders")
    void s27AWrongHeaderIsRefused(String name, Map<String, Object> header, String why) {
        // Given
        provider.tokens = header.get("alg") == "none"
                ? content -> RawToken.unsigned(header, content)
                : content -> RawToken.rs256(header, content, provider.keys().getPrivate());

        // Then
        assertRefused(why);
    }

    @Test
    void s27ThePublicKeyIsNoSecretToSignWith() {
        // Given
        byte[] der = provider.keys().getPublic().getEncoded();
        byte[] jwk = ("{\"kid\":\"" + provider.keyId() + "\"}").getBytes(UTF_8);

        for (byte[] key : List.of(der, jwk, new byte[32])) {
            provider.tokens = content -> RawToken.hs256(Map.of("alg", "HS256", "kid", provider.keyId()), content, key);

            // Then
            assertRefused("algorithm");
        }
    }

    @Test
    void s27AKeyInsideTheTokenIsNotLookedAtNorFetched() {
        // Given
        Map<String, Object> jwk = new HashMap<>(Jwks.builder()
                .key((RSAPublicKey) MALLORY.getPublic())
                .id("key-1")
                .build());
        String stolen = provider.issuer() + "/stolen";
        for (Map.Entry<String, Object> lure : Map.<String, Object>of(
                        "jwk", jwk, "jku", stolen, "x5u", stolen, "x5c", List.of("AAAA"))
                .entrySet()) {
            provider.tokens = content -> RawToken.rs256(
                    Map.of("alg", "RS256", "kid", "key-1", lure.getKey(), lure.getValue()),
                    content,
                    MALLORY.getPrivate());

            // Then
            assertRefused("signature");
        }
        assertThat(provider.requestsOf("/stolen")).isZero();
    }

    @Test
    void s27NoBitOfATokenCanBeChanged() {
        // Given
        Function<String, String> spoil = token -> {
            char[] characters = token.toCharArray();
            int middle = token.lastIndexOf('.') + 20;
            characters[middle] = characters[middle] == 'A' ? 'B' : 'A';
            return new String(characters);
        };
        provider.tokens = content -> spoil.apply(provider.honest(content));

        // Then
        assertRefused("signature");
    }

    @Test
    void s27WhatIsNoTokenIsRefused() {
        for (String token :
                List.of("", "a.b", "a.b.c", "....", "a.b.c.d.e", "e30.e30.e30", " ", "\u0000.\u0000.\u0000")) {
            // Given
            provider.tokens = _ -> token;

            // Then
            assertThat(signIn()).as(token).isInstanceOf(ProviderAnswer.Refused.class);
        }
    }

    @Test
    void s27ADeepTokenIsRefused() {
        // Given
        Object deep = "end";
        for (int i = 0; i < 2000; i++) {
            deep = List.of(deep);
        }
        provider.claims.put("deep", deep);

        // Then
        assertRefused("");
    }

    @Test
    void s27RefusingTakesNoTime() {
        // Given
        signIn();
        provider.tokens = content -> RawToken.hs256(
                Map.of("alg", "PBES2-HS256+A128KW", "p2c", Integer.MAX_VALUE, "enc", "A128GCM"), content, new byte[32]);

        // When
        long start = System.nanoTime();
        assertRefused("algorithm");

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private void assertRefused(String why) {
        ProviderAnswer answer = signIn();
        assertThat(answer).isInstanceOf(ProviderAnswer.Refused.class);
        assertThat(((ProviderAnswer.Refused) answer).why()).contains(why);
    }

    private ProviderAnswer signIn() {
        String code = provider.authorize(ours.begin(attempt).orElseThrow());
        return ours.complete(new ProviderCallback("state", code, null, null), attempt);
    }

    private static Arguments claim(String name, @Nullable Object value, String why) {
        return Arguments.of(name, value, why);
    }

    private static Arguments header(String name, Map<String, Object> header, String why) {
        return Arguments.of(name, header, why);
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
