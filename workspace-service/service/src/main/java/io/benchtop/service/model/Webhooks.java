package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.TextSeal;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Whom a model's owner has told what happens to it. */
public final class Webhooks {

    private static final int MOST = 10;
    private static final int TOLD_DELIVERIES = 20;

    private final ModelRepository models;
    private final ModelAccess access;
    private final WebhookRepository webhooks;
    private final WebhookSender sender;
    private final TextSeal seal;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Webhooks(
            ModelRepository models,
            WebhookRepository webhooks,
            WebhookSender sender,
            TextSeal seal,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        this.models = requireNonNull(models, "models is null");
        this.access = new ModelAccess(models);
        this.webhooks = requireNonNull(webhooks, "webhooks is null");
        this.sender = requireNonNull(sender, "sender is null");
        this.seal = requireNonNull(seal, "seal is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The secret is kept sealed and shown nowhere again. */
    public record Created(Webhook webhook, WebhookSecret secret) {}

    public Created register(Caller caller, ModelName name, String url, Set<WebhookEvent> events) {
        RegisteredModel model = access.owned(caller, name);
        URI address = Webhook.url(url);
        sender.refusal(address).ifPresent(sentence -> {
            throw ProblemException.invalidField("url", "cannot be used. " + sentence);
        });
        WebhookId id = WebhookId.random();
        WebhookSecret secret = WebhookSecret.random();
        Webhook webhook =
                new Webhook(id, model.id(), address, events, secret.sealed(seal, id), caller.user(), clock.instant());
        transactions.run(() -> {
            models.lock(model.id());
            if (webhooks.list(model.id()).size() >= MOST) {
                throw ProblemException.of(
                        ErrorCode.CONFLICT,
                        "The model \"" + model.name() + "\" has " + MOST
                                + " webhooks already. Delete one that is not needed any more.");
            }
            webhooks.insert(webhook);
            audit(caller, "model.create-webhook", model, webhook);
        });
        return new Created(webhook, secret);
    }

    /** The oldest first; for the owner alone, as an address may have a token in it. */
    public List<Webhook> list(Caller caller, ModelName name) {
        return webhooks.list(access.owned(caller, name).id());
    }

    /** The last ones, the newest first. */
    public List<Delivery> deliveries(Webhook webhook) {
        return webhooks.deliveries(webhook.id(), TOLD_DELIVERIES);
    }

    /** What it was not told yet, it is not told any more. */
    public void remove(Caller caller, ModelName name, WebhookId id) {
        RegisteredModel model = access.owned(caller, name);
        transactions.run(() -> {
            // First, as whoever tells a webhook of a change has the model already.
            models.lock(model.id());
            Webhook webhook = webhooks.list(model.id()).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.notFound("webhook", id.value()));
            webhooks.remove(model.id(), id);
            audit(caller, "model.delete-webhook", model, webhook);
        });
    }

    private void audit(Caller caller, String action, RegisteredModel model, Webhook webhook) {
        audit.done(
                caller.user().value(),
                caller.address(),
                action,
                "model/" + model.name(),
                "webhook " + webhook.id() + " at " + webhook.url().getHost());
    }
}
