package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Issues the tokens that running servers use; {@link Authentication} checks them and narrows what they may do. */
public final class WorkspaceTokens {

    public static final Duration LIFE = Duration.ofHours(1);

    /** A server's token file is written anew this often, so that a token read from it always has time left. */
    public static final Duration REWRITE_AFTER = Duration.ofMinutes(20);

    private final SignedTokens tokens;
    private final InstantSource clock;

    public WorkspaceTokens(SignedTokens tokens, InstantSource clock) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** A token for one start of one workspace's server; a secret. */
    public String issue(UserName owner, Role role, String workspaceId, long generation) {
        Instant now = clock.instant();
        return tokens.sign(new WorkspaceClaims(owner, role, workspaceId, generation, now, now.plus(LIFE)));
    }
}
