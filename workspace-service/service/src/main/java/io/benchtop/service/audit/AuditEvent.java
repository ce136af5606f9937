package io.benchtop.service.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One line of the audit log.
 *
 * @param at when
 * @param actor the user's name, or {@code anonymous} or {@code system}
 * @param address the real peer's address, empty for the system
 * @param action a verb phrase with dots, such as {@code workspace.start} or {@code session.sign-in}
 * @param object what it was done to, such as {@code workspace/ws_…} or {@code user/alice}
 * @param result {@code ok} or the error code of the refusal
 * @param detail what changed, in words; never a secret
 */
public record AuditEvent(
        Instant at, String actor, String address, String action, String object, String result, String detail) {

    public AuditEvent {
        requireNonNull(at, "at is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(address, "address is null");
        requireNonNull(action, "action is null");
        requireNonNull(object, "object is null");
        requireNonNull(result, "result is null");
        requireNonNull(detail, "detail is null");
    }
}
