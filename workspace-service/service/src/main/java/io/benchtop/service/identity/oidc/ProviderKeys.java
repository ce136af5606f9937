package io.benchtop.service.identity.oidc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.oidc.ProviderException.Refused;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PublicJwk;
import java.net.URI;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys by which the provider signs, with their names. A name that is not known yet is looked for once more. */
final class ProviderKeys {

    private final RemoteDocument<List<PublicJwk<?>>> keys;

    ProviderKeys(ProviderHttp http, RemoteDocument<ProviderMetadata> metadata, InstantSource clock) {
        this.keys = new RemoteDocument<>(() -> fetch(http, metadata.current().keys()), clock);
    }

    /**
     * The key that signs with this algorithm under this name; without a name, the only one there is.
     *
     * @param keyId what the token says, which finds a key among the provider's and nothing else
     */
    PublicKey find(@Nullable String keyId, String algorithm) throws ProviderException {
        Optional<PublicKey> known = select(keys.current(), keyId, algorithm);
        return known.isPresent()
                ? known.get()
                : select(keys.newer(), keyId, algorithm)
                        .orElseThrow(
                                () -> new Refused("the ID token is signed by a key that the provider does not have"));
    }

    private static Optional<PublicKey> select(List<PublicJwk<?>> keys, @Nullable String keyId, String algorithm) {
        List<PublicKey> fitting = keys.stream()
                .filter(key -> keyId == null || keyId.equals(key.getId()))
                .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                .<PublicKey>map(key -> key.toKey())
                .filter(key -> isFor(key, algorithm))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static boolean isFor(PublicKey key, String algorithm) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> algorithm.startsWith("RS") || algorithm.startsWith("PS");
            case "EC" -> algorithm.startsWith("ES");
            default -> algorithm.equals("EdDSA");
        };
    }

    private static List<PublicJwk<?>> fetch(ProviderHttp http, URI address) throws ProviderException {
        String text = http.get(address, "the provider's key set").members().toString();
        try {
            return requireNonNull(Jwks.setParser().build().parse(text)).getKeys().stream()
                    .flatMap(ProviderKeys::forSignatures)
                    .toList();
        } catch (JwtException | IllegalArgumentException e) {
            throw new Refused("the provider's key set cannot be read");
        }
    }

    private static Stream<PublicJwk<?>> forSignatures(Jwk<?> key) {
        return key instanceof PublicJwk<?> open
                        && (open.getPublicKeyUse() == null
                                || open.getPublicKeyUse().equals("sig"))
                ? Stream.of(open)
                : Stream.empty();
    }
}
