package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Models;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;

/** The registry of models for people; programs ask the REST interface. */
@Controller("/models")
@Produces(MediaType.TEXT_HTML)
final class ModelsController {

    private final Models models;
    private final ModelPages pages;
    private final Frames frames;

    ModelsController(Models models, ModelPages pages, Frames frames) {
        this.models = requireNonNull(models, "models is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Caller caller, @QueryValue(defaultValue = "") String search) {
        return Answers.page(new ModelsPage(
                frames.of(request, Section.MODELS),
                search.strip(),
                models.search(caller, search).stream()
                        .map(model -> pages.row(caller, model))
                        .toList()));
    }
}
