package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.workspace.ChangeWorkspaceRequest;
import io.benchtop.api.workspace.CreateWorkspaceRequest;
import io.benchtop.api.workspace.KeepAlive;
import io.benchtop.api.workspace.KeepAliveRequest;
import io.benchtop.api.workspace.WorkspaceList;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.Overrides;
import io.benchtop.service.workspace.FilesAfterwards;
import io.benchtop.service.workspace.IdempotencyKey;
import io.benchtop.service.workspace.KeptAlive;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceCreation;
import io.benchtop.service.workspace.WorkspaceDescriptions;
import io.benchtop.service.workspace.Workspaces;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workspaces and their servers. What takes time is answered with 202 at once; its progress is told by events. */
@Controller("/api/v1/workspaces")
final class WorkspaceController {

    private final Workspaces workspaces;
    private final WorkspaceCreation creation;
    private final WorkspaceDescriptions descriptions;

    WorkspaceController(Workspaces workspaces, WorkspaceCreation creation, WorkspaceDescriptions descriptions) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.creation = requireNonNull(creation, "creation is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
    }

    @Get
    WorkspaceList list(Caller caller, @QueryValue @Nullable String owner) {
        return new WorkspaceList(descriptions.of(listed(caller, owner)));
    }

    private List<Workspace> listed(Caller caller, @Nullable String owner) {
        return switch (owner) {
            case null -> workspaces.list(caller);
            case "*" -> workspaces.listAll(caller);
            default ->
                workspaces.list(
                        caller,
                        UserName.find(owner)
                                .orElseThrow(() ->
                                        ProblemException.invalidField("owner", "must be the name of a user, or *")));
        };
    }

    @Post
    HttpResponse<io.benchtop.api.workspace.Workspace> create(
            Caller caller, @Body CreateWorkspaceRequest request, @Header("Idempotency-Key") @Nullable String key) {
        WorkspaceCreation.Request asked = new WorkspaceCreation.Request(
                new DisplayName(Required.field("displayName", request.displayName())),
                request.slug(),
                request.profile(),
                request.overrides() == null ? Overrides.NONE : OverridesReading.read(request.overrides()),
                Boolean.TRUE.equals(request.start()));
        Workspace workspace = creation.create(caller, asked, key == null ? null : new IdempotencyKey(key));
        return HttpResponse.<io.benchtop.api.workspace.Workspace>status(
                        asked.start() ? HttpStatus.ACCEPTED : HttpStatus.CREATED)
                .headers(headers -> headers.location(URI.create("/api/v1/workspaces/" + workspace.id())))
                .body(descriptions.of(workspace));
    }

    @Get("/{id}")
    io.benchtop.api.workspace.Workspace get(Caller caller, String id) {
        return descriptions.of(workspaces.get(caller, id));
    }

    @Patch("/{id}")
    io.benchtop.api.workspace.Workspace change(Caller caller, String id, @Body ChangeWorkspaceRequest request) {
        DisplayName displayName = request.displayName() == null ? null : new DisplayName(request.displayName());
        Overrides overrides = request.overrides() == null ? null : OverridesReading.read(request.overrides());
        return descriptions.of(workspaces.change(caller, id, displayName, request.profile(), overrides));
    }

    @Delete("/{id}")
    @Status(HttpStatus.ACCEPTED)
    io.benchtop.api.workspace.Workspace delete(Caller caller, String id, @QueryValue @Nullable String files) {
        return descriptions.of(workspaces.delete(caller, id, FilesAfterwards.parse(files)));
    }

    @Post("/{id}:start")
    @Status(HttpStatus.ACCEPTED)
    io.benchtop.api.workspace.Workspace start(Caller caller, String id) {
        return descriptions.of(workspaces.start(caller, id));
    }

    @Post("/{id}:stop")
    @Status(HttpStatus.ACCEPTED)
    io.benchtop.api.workspace.Workspace stop(Caller caller, String id) {
        return descriptions.of(workspaces.stop(caller, id));
    }

    @Post("/{id}:keep-alive")
    KeepAlive keepAlive(Caller caller, String id, @Body KeepAliveRequest request) {
        KeptAlive promise = workspaces.keepAlive(
                caller,
                id,
                Durations.parse("duration", Required.field("duration", request.duration())),
                request.reason() == null ? "" : request.reason());
        return new KeepAlive(promise.until().toString(), promise.reason());
    }

    @Get(value = "/{id}/log", produces = MediaType.TEXT_PLAIN)
    String log(Caller caller, String id, @QueryValue(defaultValue = "200") int lines) {
        List<String> log = workspaces.log(caller, id, lines);
        return log.isEmpty() ? "" : String.join("\n", log) + "\n";
    }
}
