package io.benchtop.service.model;

import java.time.Instant;
import java.util.List;

/** Port: where webhooks are kept, and what they are to be told. */
public interface WebhookRepository {

    void insert(Webhook webhook);

    /** The oldest first. */
    List<Webhook> list(ModelId model);

    /** With its deliveries. False if the model has no such webhook. */
    boolean remove(ModelId model, WebhookId id);

    /** Behind those that are there for the same webhook. Does nothing if the webhook is gone. */
    void add(Delivery delivery);

    /** The newest first. */
    List<Delivery> deliveries(WebhookId webhook, int limit);

    /** What is to be tried now: of each webhook only the oldest that waits, so that one is told things in their order. */
    List<Due> due(Instant now, int limit);

    /** Keeps what became of a try. */
    void change(Delivery delivery);

    /** Forgets deliveries of before that do not wait any more. */
    void forgetDoneBefore(Instant time);

    /** A delivery, and whom it is for. */
    record Due(Webhook webhook, Delivery delivery) {}
}
