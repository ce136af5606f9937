package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** How a request proved who it comes from; each kind ends at a known time. */
public sealed interface Credential {

    Instant expiresAt();

    /** A browser's signed session cookie. */
    record Session(String sid, Instant expiresAt) implements Credential {
        public Session {
            requireNonNull(sid, "sid is null");
            requireNonNull(expiresAt, "expiresAt is null");
        }
    }

    /** A token that a person made for the command line or a program. */
    record Token(String tokenId, Instant expiresAt) implements Credential {
        public Token {
            requireNonNull(tokenId, "tokenId is null");
            requireNonNull(expiresAt, "expiresAt is null");
        }
    }

    /** A token that a program calls one endpoint with, and that opens nothing else. */
    record EndpointToken(String tokenId, String endpoint, String client, Instant expiresAt) implements Credential {
        public EndpointToken {
            requireNonNull(tokenId, "tokenId is null");
            requireNonNull(endpoint, "endpoint is null");
            requireNonNull(client, "client is null");
            requireNonNull(expiresAt, "expiresAt is null");
        }
    }

    /** The token inside a running server: it may do only what the SDK needs, for that one workspace. */
    record WorkspaceServer(String workspaceId, long generation, Instant expiresAt) implements Credential {
        public WorkspaceServer {
            requireNonNull(workspaceId, "workspaceId is null");
            requireNonNull(expiresAt, "expiresAt is null");
        }
    }
}
