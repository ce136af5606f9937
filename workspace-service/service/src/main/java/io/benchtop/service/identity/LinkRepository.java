package io.benchtop.service.identity;

import java.time.Instant;
import java.util.Optional;

/** Port: where sign-in links are kept, by the hash of their secret. */
public interface LinkRepository {

    void insert(String tokenHash, SignInLink link);

    /** A link neither used nor replaced; it may have expired. */
    Optional<SignInLink> find(String tokenHash);

    /** Uses a link up; false if somebody else was faster. */
    boolean end(String tokenHash, Instant at);

    /** Ends all other links of the same purpose for the same user. */
    void endAllLike(SignInLink link, Instant at);
}
