package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.LocalPath;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.workspace.FilesAfterwards;
import io.benchtop.service.workspace.Workspaces;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One workspace: its page, its log, and what can be done to it. */
@Controller("/workspaces/{id}")
@Produces(MediaType.TEXT_HTML)
final class WorkspaceController {

    private final Workspaces workspaces;
    private final WorkspaceViews views;
    private final Frames frames;

    WorkspaceController(Workspaces workspaces, WorkspaceViews views, Frames frames) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.views = requireNonNull(views, "views is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> show(HttpRequest<?> request, Caller caller, String id) {
        return Answers.page(page(request, caller, id, Form.EMPTY, ""));
    }

    @Get("/facts")
    HttpResponse<String> facts(
            HttpRequest<?> request, Caller caller, String id, @QueryValue(defaultValue = "") String seen) {
        return Answers.page(page(request, caller, id, Form.EMPTY, seen).facts());
    }

    @Get("/log")
    HttpResponse<String> log(HttpRequest<?> request, Caller caller, String id) {
        return Answers.page(new LogPage(
                frames.of(request, Section.WORKSPACES),
                views.of(workspaces.get(caller, id)),
                LogPage.text(workspaces.log(caller, id, LogPage.LINES))));
    }

    @Post("/rename")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> rename(HttpRequest<?> request, Caller caller, String id, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    workspaces.change(caller, id, new DisplayName(form.value("displayName")), null, null);
                    return Answers.done("/workspaces/" + id, Notice.Done.RENAMED);
                },
                problem -> page(request, caller, id, form.refused(problem), ""));
    }

    @Post("/profile")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> changeProfile(
            HttpRequest<?> request, Caller caller, String id, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    workspaces.change(
                            caller,
                            id,
                            null,
                            form.value("profile"),
                            ProfilePicker.overrides(form, views.profiles(caller)));
                    return Answers.done("/workspaces/" + id, Notice.Done.PROFILE_CHANGED);
                },
                problem -> page(request, caller, id, ProfilePicker.refused(form, problem), ""));
    }

    /** From a list, answers htmx with that list as it is now; from elsewhere, goes back there. */
    @Post("/stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> stop(HttpRequest<?> request, Caller caller, String id, @Body Map<String, String> fields) {
        String from = LocalPath.orStart(fields.get("from")).value();
        if (!Answers.wantsPart(request)) {
            workspaces.stop(caller, id);
            return Answers.done(from, Notice.Done.STOPPING);
        }
        boolean everybodys = from.equals(Section.EVERYBODY.path());
        return Answers.form(
                () -> {
                    workspaces.stop(caller, id);
                    return Answers.page(list(request, caller, everybodys, null));
                },
                problem -> list(request, caller, everybodys, problem));
    }

    @Get("/delete")
    HttpResponse<String> askToDelete(HttpRequest<?> request, Caller caller, String id) {
        return Answers.page(deletePage(request, caller, id, null));
    }

    @Post("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> delete(HttpRequest<?> request, Caller caller, String id, @Body Map<String, String> fields) {
        return Answers.form(
                () -> {
                    FilesAfterwards files = FilesAfterwards.parse(fields.get("files"));
                    boolean own = caller.is(workspaces.delete(caller, id, files).owner());
                    return Answers.done(
                            own ? Section.WORKSPACES.path() : Section.EVERYBODY.path(),
                            files == FilesAfterwards.KEEP ? Notice.Done.DELETED_KEPT : Notice.Done.DELETED);
                },
                problem -> deletePage(request, caller, id, problem.detail()));
    }

    private WorkspaceListView list(
            HttpRequest<?> request, Caller caller, boolean everybodys, @Nullable ProblemException problem) {
        String detail = problem == null ? null : problem.detail();
        return everybodys
                ? views.everybodys(caller, frames.of(request, Section.EVERYBODY), detail)
                : views.own(caller, frames.of(request, Section.WORKSPACES), detail);
    }

    private DeletePage deletePage(HttpRequest<?> request, Caller caller, String id, @Nullable String problem) {
        WorkspaceView view = views.of(workspaces.get(caller, id));
        return new DeletePage(
                frames.of(request, Section.WORKSPACES),
                view,
                "kept/" + view.owner() + "/" + view.slug() + "-" + view.id(),
                problem);
    }

    private WorkspacePage page(HttpRequest<?> request, Caller caller, String id, Form form, String seen) {
        WorkspaceView view = views.of(workspaces.get(caller, id));
        Frame frame = frames.of(request, Section.WORKSPACES);
        String problem = form.problem();
        return new WorkspacePage(
                problem == null ? frame : frame.with(Notice.problem(problem)),
                view,
                form.values().containsKey("displayName")
                        ? form
                        : new Form(Map.of("displayName", view.name()), form.errors(), null),
                views.picker(caller, view, form),
                seen);
    }
}
