package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.api.workspace.WorkspaceStateCode;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.Overrides;
import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.profile.ProfileDescriptions;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.ServerStatus.Alive;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.workspace.WorkspaceState.Deleting;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Queued;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import io.benchtop.service.workspace.WorkspaceState.Stopping;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says all that is known of a workspace at this moment, in the words of the wire and of pages. */
public final class WorkspaceDescriptions {

    private final ProfileOffers profiles;
    private final Spawner spawner;
    private final Homes homes;
    private final URI publicUrl;
    private final InstantSource clock;

    WorkspaceDescriptions(ProfileOffers profiles, Spawner spawner, Homes homes, URI publicUrl, InstantSource clock) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.publicUrl = requireNonNull(publicUrl, "publicUrl is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public io.benchtop.api.workspace.Workspace of(Workspace workspace) {
        return of(workspace, profiles.describing());
    }

    /** Of many, with one look at the profiles. */
    public List<io.benchtop.api.workspace.Workspace> of(List<Workspace> many) {
        Function<ProfileChoice, ServerSpec> specs = profiles.describing();
        return many.stream().map(workspace -> of(workspace, specs)).toList();
    }

    private io.benchtop.api.workspace.Workspace of(Workspace workspace, Function<ProfileChoice, ServerSpec> specs) {
        ServerSpec spec = specs.apply(workspace.profile());
        ImageReference image = spec.image();
        Optional<Alive> server = server(workspace);
        OptionalLong memory = server.isPresent() ? spawner.memoryBytes(workspace.id()) : OptionalLong.empty();
        return new io.benchtop.api.workspace.Workspace(
                workspace.id().value(),
                workspace.slug().value(),
                workspace.displayName().value(),
                workspace.owner().value(),
                workspace.profile().slug().value(),
                describe(workspace.state()),
                workspace.path(),
                publicUrl.resolve(workspace.path()).toString(),
                workspace.createdAt().toString(),
                server.map(Alive::startedAt).map(Object::toString).orElse(null),
                memory.isPresent() ? memory.getAsLong() : null,
                spec.resources(),
                of(workspace.profile().overrides()),
                image == null ? null : image.value(),
                ProfileDescriptions.gpu(spec.gpu()),
                server.map(Alive::limits).orElse(null),
                keptAliveUntil(workspace),
                workspace.lastActivity() == null
                        ? null
                        : workspace.lastActivity().toString(),
                homes.path(workspace.owner(), workspace.slug(), workspace.id()));
    }

    /** What was chosen differently. */
    public static WorkspaceOverrides of(Overrides overrides) {
        OptionSlug image = overrides.image();
        return new WorkspaceOverrides(
                overrides.memoryBytes(), overrides.cpus(), overrides.gpus(), image == null ? null : image.value());
    }

    private Optional<Alive> server(Workspace workspace) {
        return workspace.state() instanceof Running
                        && spawner.poll(workspace.id()) instanceof Alive alive
                        && alive.generation() == workspace.generation()
                ? Optional.of(alive)
                : Optional.empty();
    }

    private @Nullable String keptAliveUntil(Workspace workspace) {
        KeptAlive promise = workspace.keptAlive();
        return promise == null || promise.until().isBefore(clock.instant())
                ? null
                : promise.until().toString();
    }

    private static io.benchtop.api.workspace.WorkspaceState describe(WorkspaceState state) {
        return switch (state) {
            case Stopped stopped -> state(WorkspaceStateCode.STOPPED, null, stopped.reason(), "Stopped.", state);
            case Queued _ -> state(WorkspaceStateCode.QUEUED, "queued", null, "Waiting for its turn to start.", state);
            case Starting starting -> starting(starting);
            case Running _ -> state(WorkspaceStateCode.RUNNING, "ready", null, "Running.", state);
            case Stopping stopping -> state(WorkspaceStateCode.STOPPING, null, stopping.because(), "Stopping.", state);
            case Failed failed ->
                state(
                        WorkspaceStateCode.FAILED,
                        null,
                        failed.reason(),
                        failed.reason().message(),
                        state);
            case Deleting _ -> state(WorkspaceStateCode.DELETING, null, null, "Being deleted.", state);
        };
    }

    private static io.benchtop.api.workspace.WorkspaceState starting(Starting state) {
        StartPhase phase = state.progress().phase();
        String message = switch (phase) {
            case QUEUED -> "Waiting for a place to run.";
            case SCHEDULED -> "It has a place to run, which is being made ready.";
            case PULLING -> "Fetching the image.";
            case STARTING, READY -> "Starting JupyterLab.";
        };
        return new io.benchtop.api.workspace.WorkspaceState(
                WorkspaceStateCode.STARTING,
                phase.name().toLowerCase(Locale.ROOT),
                state.progress().detail(),
                state.progress().since().toString(),
                null,
                message,
                state.since().toString(),
                List.of());
    }

    private static io.benchtop.api.workspace.WorkspaceState state(
            WorkspaceStateCode code,
            @Nullable String phase,
            @Nullable Reason reason,
            String message,
            WorkspaceState state) {
        return new io.benchtop.api.workspace.WorkspaceState(
                code,
                phase,
                "",
                phase == null ? null : state.since().toString(),
                reason == null ? null : reason.code(),
                reason == null ? message : reason.message(),
                state.since().toString(),
                reason == null ? List.of() : reason.logTail());
    }
}
