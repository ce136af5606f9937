package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.security.Principal;

/**
 * Who makes a request, already authenticated. Every use case takes the caller first and asks it for the right; a use case
 * without a caller is internal.
 *
 * @param user the user's name
 * @param displayName how the user is called on pages
 * @param role what the user may do at this moment
 * @param credential how the request proved it
 * @param address the peer's address as the proxy saw it, for the audit log
 */
public record Caller(UserName user, String displayName, Role role, Credential credential, String address)
        implements Principal {

    public Caller {
        requireNonNull(user, "user is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(role, "role is null");
        requireNonNull(credential, "credential is null");
        requireNonNull(address, "address is null");
    }

    /** A {@link Principal}, so that tools which describe the interface know that no client sends it. */
    @Override
    public String getName() {
        return user.value();
    }

    public boolean is(UserName name) {
        return user.equals(name);
    }

    /** Whether this is an administrator at work: the right is not that of every notebook that one runs (S29). */
    public boolean administers() {
        return role.includes(Role.ADMIN) && !(credential instanceof Credential.WorkspaceServer);
    }

    /** Refuses a caller whose role does not include {@code needed}. */
    public void require(Role needed) {
        if (!role.includes(needed)) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "This needs the role " + needed.code() + "; you are " + role.code()
                            + ". Ask an administrator to change your role.");
        }
    }
}
