package io.benchtop.service.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.MutableClock;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.SessionClaims;
import io.benchtop.service.identity.UserName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** S27: whatever is not exactly a token of ours in its time is nothing. */
class JjwtSignedTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final KeyPair PAIR = pair();
    private static final MutableClock CLOCK = new MutableClock(NOW);
    private static final JjwtSignedTokens TOKENS =
            new JjwtSignedTokens(new SigningKey(PAIR.getPrivate(), PAIR.getPublic()), CLOCK);
    private static final String KEY_ID = TOKENS.publicKeys().keys().getFirst().kid();
    private static final String HEADER = header("EdDSA", "session+jwt", KEY_ID, "");
    private static final long IAT = NOW.getEpochSecond();

    private static final SessionClaims CLAIMS = new SessionClaims(
            new UserName("alice"), "Alice \"秀樹\"", Role.DEVELOPER, "sid1", NOW, NOW.plus(Duration.ofHours(1)));

    @Test
    void readsWhatItSigned() {
        assertThat(TOKENS.readSession(TOKENS.sign(CLAIMS), Duration.ZERO)).contains(CLAIMS);
    }

    @Test
    void readsAWellFormedTokenOfItsKey() {
        assertThat(TOKENS.readSession(signed(HEADER, payload("")), Duration.ZERO))
                .isPresent();
    }

    @Test
    void thePublicKeyIsTheSigningKeys() throws GeneralSecurityException {
        // Given
        String token = TOKENS.sign(CLAIMS);
        int dot = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("Ed25519");

        // When
        signature.initVerify(PAIR.getPublic());
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));

        // Then
        assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))))
                .isTrue();
        byte[] x = Base64.getUrlDecoder()
                .decode(TOKENS.publicKeys().keys().getFirst().x());
        assertThat(PAIR.getPublic().getEncoded()).endsWith(x);
    }

    @Test
    void aTokenPastItsEndIsReadOnlyWithinTheGrace() {
        // Given
        SessionClaims ended = new SessionClaims(
                CLAIMS.user(), "Alice", CLAIMS.role(), "sid1", NOW.minusSeconds(7200), NOW.minusSeconds(3600));
        String token = TOKENS.sign(ended);

        // Then
        assertThat(TOKENS.readSession(token, Duration.ZERO)).isEmpty();
        assertThat(TOKENS.readSession(token, Duration.ofMinutes(59))).isEmpty();
        assertThat(TOKENS.readSession(token, Duration.ofMinutes(61))).isPresent();
    }

    static Stream<String> forged() {
        String payload = payload("");
        String good = signed(HEADER, payload);
        String publicKey = Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded());
        return Stream.of(
                unsigned(header("none", "session+jwt", KEY_ID, ""), payload),
                unsigned(header("None", "session+jwt", KEY_ID, ""), payload),
                unsigned(HEADER, payload),
                hmac(
                        header("HS256", "session+jwt", KEY_ID, ""),
                        payload,
                        PAIR.getPublic().getEncoded()),
                hmac(header("HS256", "session+jwt", KEY_ID, ""), payload, publicKey.getBytes(StandardCharsets.UTF_8)),
                signed(header("HS256", "session+jwt", KEY_ID, ""), payload),
                signed(header("EdDSA", "workspace+jwt", KEY_ID, ""), payload),
                signed(header("EdDSA", "JWT", KEY_ID, ""), payload),
                signed(header("EdDSA", "session+jwt", "../../dev/null", ""), payload),
                signed(header("EdDSA", "session+jwt", "' OR 1=1", ""), payload),
                signedBy(pair().getPrivate(), HEADER, payload),
                signedBy(
                        pair().getPrivate(),
                        header("EdDSA", "session+jwt", KEY_ID, ",\"jku\":\"http://127.0.0.1:1/keys\""),
                        payload),
                signedBy(
                        pair().getPrivate(),
                        header("EdDSA", "session+jwt", KEY_ID, ",\"x5u\":\"http://127.0.0.1:1/\",\"p2c\":2147483647"),
                        payload),
                signed(header("EdDSA", "session+jwt", KEY_ID, ",\"zip\":\"DEF\""), payload),
                signed(header("EdDSA", "session+jwt", KEY_ID, ",\"crit\":[\"x\"],\"x\":1"), payload),
                signed(HEADER, payload.replace("\"exp\":" + (IAT + 600) + ",", "")),
                signed(HEADER, payload.replace("\"exp\":" + (IAT + 600), "\"exp\":\"" + (IAT + 600) + "\"")),
                signed(HEADER, payload.replace("\"exp\":" + (IAT + 600), "\"exp\":\"2030-01-01T00:00:00Z\"")),
                signed(HEADER, payload.replace("\"exp\":" + (IAT + 600), "\"exp\":" + (IAT - 1))),
                signed(HEADER, payload.replace("\"iat\":" + IAT + ",", "")),
                signed(HEADER, payload.replace("\"iat\":" + IAT, "\"iat\":" + (IAT + 300))),
                signed(HEADER, payload(",\"nbf\":" + (IAT + 300))),
                signed(HEADER, payload.replace("benchtop-session", "benchtop-api")),
                signed(HEADER, payload.replace("\"benchtop-session\"", "[\"benchtop-session\",\"other\"]")),
                signed(HEADER, payload.replace("\"iss\":\"benchtop\"", "\"iss\":\"evil\"")),
                signed(HEADER, payload.replace("\"sid\":\"sid1\",", "")),
                signed(HEADER, payload.replace("developer", "root")),
                signed(HEADER, payload.replace("alice", "Alice")),
                signed(HEADER, payload.replace("\"sub\":\"alice\",", "")),
                signed(HEADER, "[" + payload + "]"),
                signed(HEADER, "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
                signed(HEADER, "{\"a\":".repeat(400) + "1" + "}".repeat(400)),
                good + "A",
                good.substring(0, good.length() - 4),
                good.substring(good.indexOf('.') + 1),
                "..",
                ".",
                "",
                "a.b.c",
                "eyJ".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void s27AForgedTokenIsNothing(String token) {
        // When
        boolean read = TOKENS.readSession(token, Duration.ZERO).isPresent();

        // Then
        assertThat(read).isFalse();
        assertThat(quickestOfThree(token)).isLessThan(Duration.ofSeconds(1));
    }

    /** The first reading loads classes, and a busy machine may take any one of them away for a while. */
    private static Duration quickestOfThree(String token) {
        Duration quickest = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            TOKENS.readSession(token, Duration.ZERO);
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            quickest = taken.compareTo(quickest) < 0 ? taken : quickest;
        }
        return quickest;
    }

    private static String header(String algorithm, String type, String keyId, String more) {
        return "{\"alg\":\"%s\",\"typ\":\"%s\",\"kid\":\"%s\"%s}".formatted(algorithm, type, keyId, more);
    }

    private static String payload(String more) {
        return ("{\"iss\":\"benchtop\",\"aud\":\"benchtop-session\",\"sub\":\"alice\",\"name\":\"Alice\","
                        + "\"role\":\"developer\",\"sid\":\"sid1\",\"iat\":%d,\"exp\":%d,\"x\":1%s}")
                .formatted(IAT, IAT + 600, more);
    }

    private static String signed(String header, String payload) {
        return signedBy(PAIR.getPrivate(), header, payload);
    }

    private static String signedBy(PrivateKey key, String header, String payload) {
        String input = base64(header) + "." + base64(payload);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(String header, String payload, byte[] key) {
        String input = base64(header) + "." + base64(payload);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(String header, String payload) {
        return base64(header) + "." + base64(payload) + ".";
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
