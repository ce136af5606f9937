package io.benchtop.api.model;

import java.util.List;

/** Whom a model's owner has told what happens to it; the answer of {@code GET /api/v1/models/{name}/webhooks}. */
public record ModelWebhookList(List<ModelWebhook> webhooks) {

    public ModelWebhookList {
        webhooks = List.copyOf(webhooks);
    }
}
