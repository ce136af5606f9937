package io.benchtop.service.spawn;

import io.benchtop.service.identity.UserName;

/** Port: issues the short-lived token that a server uses to call the service in its owner's name. */
@FunctionalInterface
public interface ServerTokens {

    /** A secret. */
    String issue(UserName owner, WorkspaceId id, long generation);
}
