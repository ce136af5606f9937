package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.workspace.AppliedLimits;
import io.benchtop.service.http.api.Installation;
import io.benchtop.service.http.api.Warnings;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.Spawner;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.util.Optional;
import java.util.stream.Stream;

/** What administrators see of the whole installation. */
@Controller("/admin")
@Produces(MediaType.TEXT_HTML)
final class AdministrationController {

    /** What one host name for everything means (SECURITY.md S51). */
    private static final String PATH_MODE =
            "Workspaces and this dashboard share one host name: what a workspace shows in the browser can act in the"
                    + " dashboard as the person who looks at it. Only open notebooks and HTML of people you trust.";

    private final WorkspaceViews views;
    private final Installation installation;
    private final Warnings warnings;
    private final Spawner spawner;
    private final Frames frames;

    AdministrationController(
            WorkspaceViews views, Installation installation, Warnings warnings, Spawner spawner, Frames frames) {
        this.views = requireNonNull(views, "views is null");
        this.installation = requireNonNull(installation, "installation is null");
        this.warnings = requireNonNull(warnings, "warnings is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Get
    HttpResponse<String> guessed() {
        return Answers.seeOther(Section.STATUS.path());
    }

    @Get("/workspaces")
    HttpResponse<String> everybody(HttpRequest<?> request, Caller caller) {
        Frame frame = frames.of(request, Section.EVERYBODY);
        return Answers.page(EverybodyPage.of(frame, views.everybodys(caller, frame, null)));
    }

    @Get("/workspaces/list")
    HttpResponse<String> list(HttpRequest<?> request, Caller caller, @QueryValue(defaultValue = "") String seen) {
        return Answers.part(views.everybodys(caller, frames.of(request, Section.EVERYBODY), null), seen);
    }

    @Get("/status")
    HttpResponse<String> status(HttpRequest<?> request, Caller caller) {
        caller.require(Role.ADMIN);
        Optional<AppliedLimits> limits = spawner.list().values().stream()
                .map(alive -> Optional.ofNullable(alive.limits()))
                .flatMap(Optional::stream)
                .findFirst();
        return Answers.page(new StatusPage(
                frames.of(request, Section.STATUS),
                installation.version(),
                installation.spawner().equals("local") ? "processes on this machine" : installation.spawner(),
                installation.database().equals("h2") ? "H2, embedded in the data folder" : installation.database(),
                limits.map(AppliedLimits::memory).map(Limits::ability).orElse(StatusPage.UNKNOWN),
                limits.map(AppliedLimits::processes).map(Limits::ability).orElse(StatusPage.UNKNOWN),
                Stream.concat(warnings.of(caller).stream(), Stream.of(PATH_MODE))
                        .toList()));
    }
}
