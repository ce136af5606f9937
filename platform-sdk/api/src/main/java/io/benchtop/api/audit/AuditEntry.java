package io.benchtop.api.audit;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened.
 *
 * @param id grows with time
 * @param at ISO-8601 instant
 * @param actor user name; null where nobody was signed in
 * @param action for example {@code workspace.start} or {@code session.sign-in}
 * @param subject what it was done to, for example a workspace's id; null if nothing
 * @param outcome {@code allowed}, {@code denied} or {@code failed}
 * @param detail more, without any secret
 * @param remoteAddress where the request came from; null for the platform's own doing
 * @param requestId the request it belongs to, as in the logs
 */
public record AuditEntry(
        long id,
        String at,
        @Nullable String actor,
        String action,
        @Nullable String subject,
        String outcome,
        @Nullable String detail,
        @Nullable String remoteAddress,
        @Nullable String requestId) {

    public AuditEntry {
        requireNonNull(at, "at is null");
        requireNonNull(action, "action is null");
        requireNonNull(outcome, "outcome is null");
    }
}
