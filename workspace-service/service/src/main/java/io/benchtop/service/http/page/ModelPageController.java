package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.page.ModelPages.Typed;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Alias;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.RegisteredModel;
import io.benchtop.service.model.SemanticVersion;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.util.Map;

/** One model for people, and what its owner and its publishers do with it. */
@Controller("/models/{name}")
@Produces(MediaType.TEXT_HTML)
final class ModelPageController {

    private final Models models;
    private final ModelPages pages;
    private final Frames frames;

    ModelPageController(Models models, ModelPages pages, Frames frames) {
        this.models = requireNonNull(models, "models is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Caller caller, String name) {
        RegisteredModel model = model(caller, name);
        return Answers.page(page(request, caller, model, Typed.NOTHING));
    }

    private RegisteredModel model(Caller caller, String name) {
        return models.get(caller, ModelAddress.of(name).name());
    }

    private ModelPage page(HttpRequest<?> request, Caller caller, RegisteredModel model, Typed typed) {
        return pages.of(caller, frames.of(request, Section.MODELS), model, typed);
    }

    @Post("/change")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(HttpRequest<?> request, Caller caller, String name, @Body Map<String, String> fields) {
        RegisteredModel model = mine(caller, name);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    models.change(
                            caller,
                            model.name(),
                            ModelForm.description(form),
                            ModelForm.names(form, "readers"),
                            ModelForm.names(form, "publishers"),
                            form.value("approval").equals("true"));
                    return Answers.done(new ModelAddress(model.name()).page(), Notice.Done.MODEL_SAVED);
                },
                problem -> page(request, caller, model, Typed.settings(form.refused(problem))));
    }

    private RegisteredModel mine(Caller caller, String name) {
        return pages.requireMine(caller, model(caller, name));
    }

    @Post("/alias")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> point(HttpRequest<?> request, Caller caller, String name, @Body Map<String, String> fields) {
        RegisteredModel model = model(caller, name);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    models.point(
                            caller,
                            model.name(),
                            new Alias(form.value("alias").strip()),
                            SemanticVersion.parse(form.value("version")));
                    return Answers.done(new ModelAddress(model.name()).page(), Notice.Done.ALIAS_SET);
                },
                problem -> page(request, caller, model, Typed.alias(form.refused(problem))));
    }

    @Post("/unalias")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> removeAlias(Caller caller, String name, @Body Map<String, String> fields) {
        RegisteredModel model = model(caller, name);
        models.removeAlias(caller, model.name(), new Alias(Form.of(fields).value("alias")));
        return Answers.done(new ModelAddress(model.name()).page(), Notice.Done.ALIAS_REMOVED);
    }

    @Get("/delete")
    HttpResponse<String> askToDelete(HttpRequest<?> request, Caller caller, String name) {
        RegisteredModel model = mine(caller, name);
        return Answers.page(new ModelDeletePage(
                frames.of(request, Section.MODELS),
                pages.head(caller, model),
                models.versions(caller, model.name()).size(),
                null));
    }

    @Post("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> delete(HttpRequest<?> request, Caller caller, String name) {
        RegisteredModel model = mine(caller, name);
        return Answers.form(
                () -> {
                    models.remove(caller, model.name());
                    return Answers.done(Section.MODELS.path(), Notice.Done.MODEL_DELETED);
                },
                problem -> page(request, caller, model, Typed.alias(Form.EMPTY.refused(problem))));
    }
}
