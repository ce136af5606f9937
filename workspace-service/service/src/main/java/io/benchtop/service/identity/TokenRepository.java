package io.benchtop.service.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: where API tokens are kept; but for {@link #revokedSince} no query sees a revoked one. */
public interface TokenRepository {

    void insert(ApiToken token, String secretHash);

    Optional<ApiToken> find(String id);

    Optional<String> secretHash(String id);

    /** The user's tokens that have not expired at {@code now}, newest first. */
    List<ApiToken> list(UserName user, Instant now);

    void used(String id, Instant at);

    /** False if there is no such token or it is revoked. */
    boolean revoke(String id, Instant at);

    /** Revokes all tokens of the user and tells which. */
    List<String> revokeAll(UserName user, Instant at);

    /** The ids of tokens that were revoked after {@code since}. */
    List<String> revokedSince(Instant since);
}
