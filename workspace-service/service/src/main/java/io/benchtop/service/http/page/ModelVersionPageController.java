package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.endpoint.CanaryPlan;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.endpoint.Guards;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.Models;
import io.benchtop.service.model.Models.Found;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One version of a model for people: looked at, reviewed, put into production, deleted. */
@Controller("/models/{name}/{version}")
@Produces(MediaType.TEXT_HTML)
final class ModelVersionPageController {

    private static final List<Integer> STEPS = List.of(5, 20, 50);
    private static final int LEAST_REQUESTS = 20;

    private final Models models;
    private final Endpoints endpoints;
    private final ModelPages pages;
    private final Frames frames;

    ModelVersionPageController(Models models, Endpoints endpoints, ModelPages pages, Frames frames) {
        this.models = requireNonNull(models, "models is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Caller caller, String name, String version) {
        Found found = found(caller, name, version);
        return Answers.page(page(request, caller, found, Form.EMPTY, ModelPages.usualPromotion(found)));
    }

    private Found found(Caller caller, String name, String version) {
        return models.version(
                caller,
                ModelAddress.of(name).name(),
                ModelAddress.version(version).toString());
    }

    private ModelVersionPage page(HttpRequest<?> request, Caller caller, Found found, Form review, Form promotion) {
        return pages.of(caller, frames.of(request, Section.MODELS), found, review, promotion);
    }

    private static String address(Found found) {
        return new ModelAddress(found.model().name()).version(found.version().version());
    }

    @Post("/review")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> review(
            HttpRequest<?> request, Caller caller, String name, String version, @Body Map<String, String> fields) {
        Found found = found(caller, name, version);
        Form form = Form.of(fields);
        boolean approved = form.value("verdict").equals("approve");
        return Answers.form(
                () -> {
                    if (!approved && !form.value("verdict").equals("reject")) {
                        throw ProblemException.invalidField("verdict", "must be approve or reject");
                    }
                    models.review(
                            caller,
                            found.model().name(),
                            found.version().version(),
                            approved,
                            form.value("comment").strip());
                    return Answers.done(address(found), approved ? Notice.Done.APPROVED : Notice.Done.REJECTED);
                },
                problem -> page(request, caller, found, form.refused(problem), ModelPages.usualPromotion(found)));
    }

    @Post("/promote")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> promote(
            HttpRequest<?> request, Caller caller, String name, String version, @Body Map<String, String> fields) {
        Found found = found(caller, name, version);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    EndpointName endpoint =
                            new EndpointName(form.value("endpoint").strip());
                    endpoints.promote(
                            caller,
                            endpoint,
                            found.model().name().value(),
                            found.version().version().toString(),
                            strategy(form),
                            before -> before);
                    return Answers.done("/endpoints/" + endpoint, Notice.Done.PROMOTED);
                },
                problem -> page(request, caller, found, Form.EMPTY, form.refused(problem)));
    }

    private static Endpoints.Strategy strategy(Form form) {
        return switch (form.value("strategy")) {
            case "all" -> new Endpoints.Strategy.AllAtOnce();
            case "canary" -> {
                Integer minutes = AmountText.whole("minutes", form.value("minutes"));
                Double percent = AmountText.decimal("errors", form.value("errors"));
                if (minutes == null || minutes < 1 || minutes > 1440) {
                    throw ProblemException.invalidField("minutes", "must be from 1 to 1440");
                }
                if (percent != null && !(percent >= 0 && percent < 100)) {
                    throw ProblemException.invalidField(
                            "errors", "must be from 0 to less than 100, or empty for no bound");
                }
                yield new Endpoints.Strategy.Canary(new CanaryPlan(
                        STEPS,
                        Duration.ofMinutes(minutes),
                        LEAST_REQUESTS,
                        false,
                        percent == null ? Guards.NONE : new Guards(percent / 100, null, null, null)));
            }
            default -> throw ProblemException.invalidField("strategy", "must be all at once or step by step");
        };
    }

    @Get("/files/download")
    @Produces(MediaType.ALL)
    HttpResponse<StreamedFile> download(Caller caller, String name, String version, @QueryValue String path)
            throws IOException {
        return UntrustedFile.download(path, () -> {
            ReadableFile content = models.file(found(caller, name, version), new FilePath(path));
            return new UntrustedFile.Opened(content.read(), content.size());
        });
    }

    @Get("/delete")
    HttpResponse<String> askToDelete(HttpRequest<?> request, Caller caller, String name, String version) {
        Found found = pages.publishable(caller, found(caller, name, version));
        return Answers.page(new ModelDeletePage(
                frames.of(request, Section.MODELS),
                pages.head(caller, found.model()),
                1,
                found.version().version().toString()));
    }

    @Post("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> delete(HttpRequest<?> request, Caller caller, String name, String version) {
        Found found = pages.publishable(caller, found(caller, name, version));
        return Answers.form(
                () -> {
                    models.removeVersion(
                            caller, found.model().name(), found.version().version());
                    return Answers.done(
                            new ModelAddress(found.model().name()).page(), Notice.Done.MODEL_VERSION_DELETED);
                },
                problem -> page(request, caller, found, Form.EMPTY.refused(problem), ModelPages.usualPromotion(found)));
    }
}
