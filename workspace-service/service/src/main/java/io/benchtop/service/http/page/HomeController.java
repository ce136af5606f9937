package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.workspace.IdempotencyKey;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceCreation;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.util.Map;
import java.util.UUID;

/** My workspaces, and making another one. */
@Controller
@Produces(MediaType.TEXT_HTML)
final class HomeController {

    private final WorkspaceCreation creation;
    private final WorkspaceViews views;
    private final Frames frames;

    HomeController(WorkspaceCreation creation, WorkspaceViews views, Frames frames) {
        this.creation = requireNonNull(creation, "creation is null");
        this.views = requireNonNull(views, "views is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> home(HttpRequest<?> request, Caller caller) {
        Frame frame = frames.of(request, Section.WORKSPACES);
        return Answers.page(new HomePage(frame, views.own(caller, frame, null)));
    }

    /** What JupyterLab calls the hub's control panel, and addresses that people guess. */
    @Get(uris = {"/workspaces", "/workspaces/home", "/workspaces/spawn", "/workspaces/spawn/{owner}"})
    HttpResponse<String> guessed() {
        return Answers.seeOther("/");
    }

    @Get("/workspaces/list")
    HttpResponse<String> list(HttpRequest<?> request, Caller caller, @QueryValue(defaultValue = "") String seen) {
        return Answers.part(views.own(caller, frames.of(request, Section.WORKSPACES), null), seen);
    }

    @Get("/workspaces/new")
    HttpResponse<String> ask(HttpRequest<?> request, Caller caller) {
        caller.require(Role.DEVELOPER);
        return Answers.page(page(request, caller, Form.EMPTY));
    }

    @Post("/workspaces")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> create(HttpRequest<?> request, Caller caller, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> created(caller, form), problem -> page(request, caller, ProfilePicker.refused(form, problem)));
    }

    private MutableHttpResponse<String> created(Caller caller, Form form) {
        String key = form.value("key");
        Workspace workspace = creation.create(
                caller,
                new WorkspaceCreation.Request(
                        new DisplayName(form.value("displayName")),
                        null,
                        form.value("profile").isEmpty() ? null : form.value("profile"),
                        ProfilePicker.overrides(form, views.profiles(caller)),
                        form.value("start").equals("true")),
                key.isEmpty() ? null : new IdempotencyKey(key));
        return Answers.seeOther(form.value("start").equals("true") ? workspace.startPath() : "/");
    }

    private CreatePage page(HttpRequest<?> request, Caller caller, Form form) {
        return new CreatePage(
                frames.of(request, Section.WORKSPACES),
                form,
                views.picker(caller, form),
                UUID.randomUUID().toString());
    }
}
