package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

/**
 * A webhook just made.
 *
 * @param secret what its deliveries are signed with, as Standard Webhooks has it; shown this once
 */
public record CreatedModelWebhook(ModelWebhook webhook, String secret) {

    public CreatedModelWebhook {
        requireNonNull(webhook, "webhook is null");
        requireNonNull(secret, "secret is null");
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "CreatedModelWebhook[" + webhook.id() + "]";
    }
}
