package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.WebhookSender.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a webhook is to be told, until it has said that it took it. The pause before the next try doubles with each, and
 * after {@link #GIVEN_UP_AFTER} nobody tries any more.
 *
 * @param id the same in every try, so that a receiver who has it already knows
 * @param nextAt when it is tried next; null if it is not
 * @param lastStatus what became of the last try; empty before the first
 */
public record Delivery(
        String id,
        WebhookId webhook,
        WebhookEvent event,
        String body,
        Instant createdAt,
        State state,
        int attempts,
        @Nullable Instant nextAt,
        String lastStatus) {

    static final Duration GIVEN_UP_AFTER = Duration.ofHours(24);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 20;
    /** What comes later waits behind it. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final int LONGEST_STATUS = 1000;

    /** How it stands. */
    public enum State {
        WAITING,
        DELIVERED,
        GIVEN_UP
    }

    public Delivery {
        requireNonNull(id, "id is null");
        requireNonNull(webhook, "webhook is null");
        requireNonNull(event, "event is null");
        requireNonNull(body, "body is null");
        requireNonNull(createdAt, "createdAt is null");
        if ((state == State.WAITING) == (nextAt == null)) {
            throw new IllegalArgumentException("what waits has a next try, and nothing else has");
        }
        if (lastStatus.length() > LONGEST_STATUS) {
            throw new IllegalArgumentException("a status has at most " + LONGEST_STATUS + " characters");
        }
    }

    static Delivery of(WebhookId webhook, WebhookEvent event, String body, Instant now) {
        String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
        return new Delivery(id, webhook, event, body, now, State.WAITING, 0, now, "");
    }

    Delivery after(Outcome outcome, Instant now) {
        if (outcome.taken()) {
            return tried(State.DELIVERED, null, outcome);
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        Instant next = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        return next.isAfter(createdAt.plus(GIVEN_UP_AFTER))
                ? tried(State.GIVEN_UP, null, outcome)
                : tried(State.WAITING, next, outcome);
    }

    private Delivery tried(State as, @Nullable Instant next, Outcome outcome) {
        String status = outcome.status();
        return new Delivery(
                id,
                webhook,
                event,
                body,
                createdAt,
                as,
                attempts + 1,
                next,
                status.substring(0, Math.min(status.length(), LONGEST_STATUS)));
    }
}
