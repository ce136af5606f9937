package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link that signs in once.
 *
 * @param user whom; null exactly for the first administrator, who has no name yet
 */
public record SignInLink(LinkPurpose purpose, @Nullable UserName user, Instant expiresAt) {

    public SignInLink {
        requireNonNull(purpose, "purpose is null");
        requireNonNull(expiresAt, "expiresAt is null");
        if ((purpose == LinkPurpose.FIRST_ADMIN) != (user == null)) {
            throw new IllegalArgumentException("a link names its user unless it makes the first administrator");
        }
    }
}
