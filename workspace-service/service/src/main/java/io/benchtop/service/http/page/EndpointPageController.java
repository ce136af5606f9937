package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointName;
import io.benchtop.service.endpoint.Endpoints;
import io.benchtop.service.http.page.EndpointPages.Typed;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Tokens;
import io.benchtop.service.problem.ProblemException;
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
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** One endpoint for people, and what its owner does with it. */
@Controller("/endpoints/{name}")
@Produces(MediaType.TEXT_HTML)
final class EndpointPageController {

    private final Endpoints endpoints;
    private final Tokens tokens;
    private final EndpointPages pages;
    private final Frames frames;

    EndpointPageController(Endpoints endpoints, Tokens tokens, EndpointPages pages, Frames frames) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Caller caller, String name) {
        return Answers.page(page(request, caller, endpoint(caller, name), Typed.NOTHING));
    }

    private Endpoint endpoint(Caller caller, String name) {
        return endpoints.get(caller, EndpointName.existing(name));
    }

    private EndpointPage page(HttpRequest<?> request, Caller caller, Endpoint endpoint, Typed typed) {
        return pages.of(caller, frames.of(request, Section.ENDPOINTS), endpoint, typed);
    }

    @Get("/live")
    HttpResponse<String> live(
            HttpRequest<?> request, Caller caller, String name, @QueryValue(defaultValue = "") String seen) {
        Frame frame = frames.of(request, Section.ENDPOINTS);
        return Answers.part(pages.live(caller, frame, endpoint(caller, name)), seen);
    }

    @Post("/rollback")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> rollBack(
            HttpRequest<?> request, Caller caller, String name, @Body Map<String, String> fields) {
        Endpoint endpoint = mine(caller, name);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    endpoints.rollBack(caller, endpoint.name(), reason(form));
                    return Answers.done(address(endpoint), Notice.Done.ROLLED_BACK);
                },
                problem -> page(request, caller, endpoint, Typed.rollback(form.refused(problem))));
    }

    private static String reason(Form form) {
        String reason = form.value("reason").strip();
        if (reason.isEmpty()) {
            throw ProblemException.invalidField("reason", "must say why; others will read it");
        }
        return reason;
    }

    private Endpoint mine(Caller caller, String name) {
        return endpoints.changeable(caller, EndpointName.existing(name));
    }

    private static String address(Endpoint endpoint) {
        return "/endpoints/" + endpoint.name();
    }

    @Post("/end-shadow")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> endShadow(Caller caller, String name) {
        Endpoint endpoint = endpoints.endShadow(caller, EndpointName.existing(name));
        return Answers.done(address(endpoint), Notice.Done.SHADOW_ENDED);
    }

    @Post("/configure")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> configure(
            HttpRequest<?> request, Caller caller, String name, @Body Map<String, String> fields) {
        Endpoint endpoint = mine(caller, name);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    Endpoint.Settings settings =
                            EndpointForm.settings(form, endpoint.settings().hardware());
                    endpoints.configure(caller, endpoint.name(), _ -> settings);
                    return Answers.done(address(endpoint), Notice.Done.ENDPOINT_SAVED);
                },
                problem -> page(request, caller, endpoint, Typed.settings(EndpointForm.refused(form, problem))));
    }

    /** Shows the secret in the answer itself: it is kept nowhere from which a second page could show it. */
    @Post("/tokens")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> makeToken(
            HttpRequest<?> request, Caller caller, String name, @Body Map<String, String> fields) {
        Endpoint endpoint = mine(caller, name);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    Tokens.Created made = tokens.createForEndpoint(
                            caller,
                            form.value("client"),
                            life(form.value("expiresIn")),
                            endpoint.name().value());
                    return Answers.page(page(request, caller, endpoint, Typed.token(Form.EMPTY, made)));
                },
                problem -> page(
                        request,
                        caller,
                        endpoint,
                        Typed.token(
                                form.calling("client", "name").refused(problem).tellingAt("client", "name"), null)));
    }

    private static Duration life(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField("expiresIn", "must be a duration such as P30D");
        }
    }

    @Get("/delete")
    HttpResponse<String> askToDelete(HttpRequest<?> request, Caller caller, String name) {
        Endpoint endpoint = mine(caller, name);
        return Answers.page(new EndpointDeletePage(
                frames.of(request, Section.ENDPOINTS), endpoint.name().value()));
    }

    @Post("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> delete(Caller caller, String name) {
        endpoints.remove(caller, EndpointName.existing(name));
        return Answers.done(Section.ENDPOINTS.path(), Notice.Done.ENDPOINT_DELETED);
    }
}
