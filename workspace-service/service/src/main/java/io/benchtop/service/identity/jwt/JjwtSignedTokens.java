package io.benchtop.service.identity.jwt;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.SessionClaims;
import io.benchtop.service.identity.SignedTokens;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.identity.WorkspaceClaims;
import io.benchtop.service.problem.ProblemException;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ed25519-signed tokens by jjwt. One key, one algorithm, and a {@code typ} and {@code aud} per kind, so that a token of one
 * kind is never taken for the other; the parser is never told by the token how to check it (S27).
 */
public final class JjwtSignedTokens implements SignedTokens {

    private static final String ISSUER = "benchtop";
    private static final String ALGORITHM = "EdDSA";
    private static final Kind SESSION = new Kind("session+jwt", "benchtop-session");
    private static final Kind WORKSPACE = new Kind("workspace+jwt", "benchtop-api");

    /** Ours have some 500 characters; anything much longer is not worth parsing. */
    private static final int MAX_LENGTH = 4096;

    private static final Pattern NUMERIC_EXP = Pattern.compile("\"exp\"\\s*:\\s*\\d");
    private static final Pattern NUMERIC_IAT = Pattern.compile("\"iat\"\\s*:\\s*\\d");

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private record Kind(String type, String audience) {}

    private final SigningKey key;
    private final InstantSource clock;
    private final String keyId;

    public JjwtSignedTokens(SigningKey key, InstantSource clock) {
        this.key = requireNonNull(key, "key is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.keyId = thumbprint(x());
    }

    @Override
    public String sign(SessionClaims claims) {
        return sign(
                SESSION,
                Jwts.claims()
                        .subject(claims.user().value())
                        .issuedAt(Date.from(claims.issuedAt()))
                        .expiration(Date.from(claims.expiresAt()))
                        .add("name", claims.displayName())
                        .add("role", claims.role().code())
                        .add("sid", claims.sid())
                        .build());
    }

    @Override
    public String sign(WorkspaceClaims claims) {
        return sign(
                WORKSPACE,
                Jwts.claims()
                        .subject(claims.user().value())
                        .issuedAt(Date.from(claims.issuedAt()))
                        .expiration(Date.from(claims.expiresAt()))
                        .add("role", claims.role().code())
                        .add("wsp", claims.workspaceId())
                        .add("gen", claims.generation())
                        .build());
    }

    @Override
    public Optional<SessionClaims> readSession(String token, Duration grace) {
        return read(SESSION, token, grace)
                .flatMap(claims -> convert(() -> new SessionClaims(
                        new UserName(claims.getSubject()),
                        text(claims, "name"),
                        Role.parse(text(claims, "role")),
                        text(claims, "sid"),
                        instant(claims, "iat"),
                        instant(claims, "exp"))));
    }

    @Override
    public Optional<WorkspaceClaims> readWorkspace(String token) {
        return read(WORKSPACE, token, Duration.ZERO)
                .flatMap(claims -> convert(() -> new WorkspaceClaims(
                        new UserName(claims.getSubject()),
                        Role.parse(text(claims, "role")),
                        text(claims, "wsp"),
                        number(claims, "gen"),
                        instant(claims, "iat"),
                        instant(claims, "exp"))));
    }

    @Override
    public JsonWebKeySet publicKeys() {
        return new JsonWebKeySet(List.of(new JsonWebKeySet.Key("OKP", "Ed25519", x(), keyId, "sig", ALGORITHM)));
    }

    @SuppressWarnings("deprecation") // single: our audience is one string, which every verifier understands
    private String sign(Kind kind, Claims claims) {
        return Jwts.builder()
                .header()
                .type(kind.type())
                .keyId(keyId)
                .and()
                .claims(claims)
                .issuer(ISSUER)
                .audience()
                .single(kind.audience())
                .signWith(key.privateKey(), Jwts.SIG.EdDSA)
                .compact();
    }

    private Optional<Claims> read(Kind kind, String token, Duration grace) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        try {
            Jws<Claims> jws = Jwts.parser()
                    .verifyWith(key.publicKey())
                    .requireIssuer(ISSUER)
                    .requireAudience(kind.audience())
                    // A token counts until its end, or until the grace after it; jjwt subtracts the skew from now.
                    .clock(() -> Date.from(now))
                    .clockSkewSeconds(grace.toSeconds())
                    .build()
                    .parseSignedClaims(token);
            boolean ours = kind.type().equals(jws.getHeader().getType())
                    && keyId.equals(jws.getHeader().getKeyId())
                    && ALGORITHM.equals(jws.getHeader().getAlgorithm())
                    && jws.getPayload().getAudience().size() == 1
                    && hasNumericTimes(token)
                    && isInTime(jws.getPayload(), now);
            return ours ? Optional.of(jws.getPayload()) : Optional.empty();
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** jjwt also takes times written as text; a verifier that does not would disagree with us, so we do not either. */
    private static boolean hasNumericTimes(String token) {
        int start = token.indexOf('.') + 1;
        byte[] json = Base64.getUrlDecoder().decode(token.substring(start, token.lastIndexOf('.')));
        String payload = new String(json, StandardCharsets.UTF_8);
        return NUMERIC_EXP.matcher(payload).find()
                && NUMERIC_IAT.matcher(payload).find();
    }

    private static boolean isInTime(Claims claims, Instant now) {
        return !claims.getIssuedAt().toInstant().isAfter(now.plus(CLOCK_SKEW))
                && (claims.getNotBefore() == null
                        || !claims.getNotBefore().toInstant().isAfter(now.plus(CLOCK_SKEW)));
    }

    private interface Conversion<T> {
        T run();
    }

    private static <T> Optional<T> convert(Conversion<T> conversion) {
        try {
            return Optional.of(conversion.run());
        } catch (NullPointerException | ProblemException | JwtException e) {
            return Optional.empty();
        }
    }

    private static String text(Claims claims, String name) {
        return requireNonNull(claims.get(name, String.class), name);
    }

    private static long number(Claims claims, String name) {
        return requireNonNull(claims.get(name, Number.class), name).longValue();
    }

    private static Instant instant(Claims claims, String name) {
        return Instant.ofEpochSecond(number(claims, name));
    }

    private String x() {
        return base64(key.publicBytes());
    }

    /** RFC 7638: the same key has the same name everywhere. */
    private static String thumbprint(String x) {
        String json = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return base64(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
