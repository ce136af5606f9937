package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.page.ModelPages.Typed;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.RegisteredModel;
import io.benchtop.service.model.WebhookId;
import io.benchtop.service.model.Webhooks;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.util.Map;

/** What the owner of a model does with those whom it tells what happens to it. */
@Controller("/models/{name}/webhooks")
@Produces(MediaType.TEXT_HTML)
final class ModelWebhookPageController {

    private final Models models;
    private final Webhooks webhooks;
    private final ModelPages pages;
    private final Frames frames;

    ModelWebhookPageController(Models models, Webhooks webhooks, ModelPages pages, Frames frames) {
        this.models = requireNonNull(models, "models is null");
        this.webhooks = requireNonNull(webhooks, "webhooks is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    /** Shows the secret in the answer itself: it is kept nowhere from which a second page could show it. */
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> register(
            HttpRequest<?> request, Caller caller, String name, @Body Map<String, String> fields) {
        RegisteredModel model = pages.requireMine(
                caller, models.get(caller, ModelAddress.of(name).name()));
        Frame frame = frames.of(request, Section.MODELS);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    Webhooks.Created made = webhooks.register(
                            caller, model.name(), form.value("url").strip(), ModelWebhooks.events(form));
                    return Answers.page(pages.of(caller, frame, model, Typed.webhook(ModelWebhooks.usual(), made)));
                },
                problem -> pages.of(
                        caller,
                        frame,
                        model,
                        Typed.webhook(form.calling("url", "events").refused(problem), null)));
    }

    @Post("/{id}/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> remove(Caller caller, String name, String id) {
        RegisteredModel model = pages.requireMine(
                caller, models.get(caller, ModelAddress.of(name).name()));
        webhooks.remove(caller, model.name(), WebhookId.existing(id));
        return Answers.done(new ModelAddress(model.name()).page(), Notice.Done.WEBHOOK_REMOVED);
    }
}
