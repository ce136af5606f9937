package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.model.CreatedModelWebhook;
import io.benchtop.api.model.ModelWebhook;
import io.benchtop.api.model.ModelWebhookList;
import io.benchtop.api.model.ModelWebhookRequest;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Delivery;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.Webhook;
import io.benchtop.service.model.WebhookEvent;
import io.benchtop.service.model.WebhookId;
import io.benchtop.service.model.Webhooks;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Other people's programs that are told what happens to a model. */
@Controller("/api/v1/models/{name}/webhooks")
final class ModelWebhookController {

    private final Webhooks webhooks;

    ModelWebhookController(Webhooks webhooks) {
        this.webhooks = requireNonNull(webhooks, "webhooks is null");
    }

    @Get
    ModelWebhookList list(Caller caller, String name) {
        return new ModelWebhookList(webhooks.list(caller, new ModelName(name)).stream()
                .map(webhook -> told(webhook, webhooks.deliveries(webhook)))
                .toList());
    }

    /** The answer alone has the secret. */
    @Post
    HttpResponse<CreatedModelWebhook> register(Caller caller, String name, @Body ModelWebhookRequest request) {
        Webhooks.Created created = webhooks.register(
                caller, new ModelName(name), Required.field("url", request.url()), events(request.events()));
        return HttpResponse.created(new CreatedModelWebhook(
                told(created.webhook(), List.of()), created.secret().text()));
    }

    private static Set<WebhookEvent> events(@Nullable List<String> codes) {
        return codes == null
                ? Set.of(WebhookEvent.values())
                : codes.stream().map(WebhookEvent::of).collect(Collectors.toSet());
    }

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(Caller caller, String name, String id) {
        webhooks.remove(caller, new ModelName(name), WebhookId.existing(id));
    }

    private static ModelWebhook told(Webhook webhook, List<Delivery> deliveries) {
        return new ModelWebhook(
                webhook.id().value(),
                webhook.url().toString(),
                webhook.events().stream().map(WebhookEvent::code).sorted().toList(),
                webhook.createdBy().value(),
                webhook.createdAt().toString(),
                deliveries.stream().map(ModelWebhookController::told).toList());
    }

    private static ModelWebhook.Delivery told(Delivery delivery) {
        Instant next = delivery.nextAt();
        return new ModelWebhook.Delivery(
                delivery.id(),
                delivery.event().code(),
                delivery.state().name(),
                delivery.attempts(),
                delivery.lastStatus().isEmpty() ? null : delivery.lastStatus(),
                next == null ? null : next.toString(),
                delivery.createdAt().toString());
    }
}
