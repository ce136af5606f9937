package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Writes down what webhooks are to be told. Called in the transaction of what happened: both are there, or neither, and a crash loses
 * nothing. {@link WebhookDeliveries} sends it later.
 */
public final class WebhookOutbox {

    private final WebhookRepository webhooks;
    private final InstantSource clock;

    public WebhookOutbox(WebhookRepository webhooks, InstantSource clock) {
        this.webhooks = requireNonNull(webhooks, "webhooks is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    void tell(ModelNews news) {
        Instant now = clock.instant();
        webhooks.list(news.model().id()).stream()
                .filter(webhook -> webhook.events().contains(news.event()))
                .forEach(webhook -> webhooks.add(Delivery.of(webhook.id(), news.event(), news.body(now), now)));
    }
}
