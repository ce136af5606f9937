package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.api.Installation;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.workspace.Workspace;
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

/**
 * The start page, whose address the proxy and JupyterLab's own "restart?" dialog know. Looking at it changes nothing (S03);
 * the form on it starts the workspace, and sends itself when the person has just clicked "Restart" in their JupyterLab.
 */
@Controller("/workspaces/spawn/{owner}/{slug}")
@Produces(MediaType.TEXT_HTML)
final class SpawnController {

    private static final int LINES = 200;

    private final Workspaces workspaces;
    private final WorkspaceViews views;
    private final Frames frames;
    private final Installation installation;

    SpawnController(Workspaces workspaces, WorkspaceViews views, Frames frames, Installation installation) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.views = requireNonNull(views, "views is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.installation = requireNonNull(installation, "installation is null");
    }

    @Get
    HttpResponse<String> show(
            HttpRequest<?> request, Caller caller, String owner, String slug, @QueryValue @Nullable String next) {
        SpawnPage page = page(request, caller, find(caller, owner, slug), next, false);
        return page.workspace().isRunning() ? Answers.seeOther(page.next()) : Answers.page(page);
    }

    @Get("/progress")
    HttpResponse<String> progress(
            HttpRequest<?> request, Caller caller, String owner, String slug, @QueryValue @Nullable String next) {
        return Answers.page(
                page(request, caller, find(caller, owner, slug), next, true).part());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> start(Caller caller, String owner, String slug, @Body Map<String, String> fields) {
        Workspace workspace =
                workspaces.start(caller, find(caller, owner, slug).id().value());
        WorkspaceView view = views.of(workspace);
        return Answers.seeOther(view.start(NextPath.below(view.path(), fields.get("next"))));
    }

    private SpawnPage page(
            HttpRequest<?> request, Caller caller, Workspace workspace, @Nullable String next, boolean refreshed) {
        WorkspaceView view = views.of(workspace);
        boolean askedInJupyterLab =
                next == null && "same-origin".equals(request.getHeaders().get("Sec-Fetch-Site"));
        return new SpawnPage(
                frames.of(request, Section.WORKSPACES),
                view,
                installation.isLocal(),
                NextPath.below(view.path(), next),
                view.isComing() && !refreshed ? log(caller, view) : "",
                refreshed,
                askedInJupyterLab && !refreshed && !view.isFailed());
    }

    private String log(Caller caller, WorkspaceView view) {
        return String.join("\n", workspaces.log(caller, view.id(), LINES));
    }

    private Workspace find(Caller caller, String owner, String slug) {
        UserName name = UserName.find(owner).orElseThrow(() -> ProblemException.notFound("workspace", slug));
        return workspaces.get(caller, name, slug);
    }
}
