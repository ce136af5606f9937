package io.benchtop.service.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One line of the audit log. Texts are made one line and cut to what the log can hold: a request must not be able to make
 * its own audit row fail by being long.
 *
 * @param at when, in microseconds because databases keep no more
 * @param actor the user's name, or {@code anonymous} or {@code system}
 * @param address the real peer's address, empty for the system
 * @param action a verb phrase with dots, such as {@code workspace.start} or {@code session.sign-in}
 * @param object what it was done to, such as {@code workspace/ws_…} or {@code user/alice}
 * @param result {@code ok} or the error code of the refusal
 * @param detail what changed, in words; never a secret
 */
public record AuditEvent(
        Instant at, String actor, String address, String action, String object, String result, String detail) {

    public static final String OK = "ok";

    public AuditEvent {
        at = requireNonNull(at, "at is null").truncatedTo(ChronoUnit.MICROS);
        actor = oneLine(requireNonNull(actor, "actor is null"), 64);
        address = oneLine(requireNonNull(address, "address is null"), 64);
        action = oneLine(requireNonNull(action, "action is null"), 64);
        object = oneLine(requireNonNull(object, "object is null"), 200);
        result = oneLine(requireNonNull(result, "result is null"), 64);
        detail = oneLine(requireNonNull(detail, "detail is null"), 1000);
    }

    private static String oneLine(String text, int maxLength) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength));
        for (int i = 0; i < text.length() && line.length() < maxLength; i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
        }
        return line.toString();
    }
}
