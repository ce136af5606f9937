package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.workspace.LogLine;
import io.benchtop.service.identity.Authentication;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.StartLogs;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceDescriptions;
import io.benchtop.service.workspace.WorkspaceEvents;
import io.benchtop.service.workspace.WorkspaceEvents.Changed;
import io.benchtop.service.workspace.WorkspaceEvents.Logged;
import io.benchtop.service.workspace.WorkspaceEvents.Removed;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.Workspaces;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.scheduler.Schedulers;

/**
 * Tells what happens to one workspace until it is deleted or the client goes: first its state as it is, then each change,
 * the lines of its server's log while it starts, and a heartbeat. A client that does not keep up loses the oldest.
 */
@Controller("/api/v1/workspaces")
final class WorkspaceEventController {

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration LOG_LOOK = Duration.ofSeconds(1);
    private static final int MAX_WAITING = 1000;

    private final Workspaces workspaces;
    private final WorkspaceEvents events;
    private final WorkspaceDescriptions descriptions;
    private final StartLogs logs;
    private final Authentication authentication;

    WorkspaceEventController(
            Workspaces workspaces,
            WorkspaceEvents events,
            WorkspaceDescriptions descriptions,
            StartLogs logs,
            Authentication authentication) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.events = requireNonNull(events, "events is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.logs = requireNonNull(logs, "logs is null");
        this.authentication = requireNonNull(authentication, "authentication is null");
    }

    @Get(value = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<?>> events(Caller caller, String id) {
        WorkspaceId known = workspaces.get(caller, id).id();
        AtomicBoolean starting = new AtomicBoolean();
        Flux<Event<?>> changes = Flux.<Event<?>>create(
                        sink -> {
                            WorkspaceEvents.Subscription subscription =
                                    events.subscribe(event -> pass(known, event, sink, starting));
                            sink.onDispose(subscription::close);
                            // Only now: what changes from here on is told by an event.
                            sink.next(state(workspaces.get(caller, id), starting));
                        },
                        OverflowStrategy.IGNORE)
                .onBackpressureBuffer(MAX_WAITING, BufferOverflowStrategy.DROP_OLDEST);
        Flux<Event<?>> heartbeats = Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                // Off the timer's thread, because it asks the database. Who was signed out hears no more (S05).
                .publishOn(Schedulers.boundedElastic())
                .takeWhile(_ -> authentication.isInForce(caller))
                .map(_ -> Event.of("").name("heartbeat"));
        return Flux.merge(
                        changes.materialize(),
                        heartbeats.materialize(),
                        othersLog(known, starting).materialize())
                .<Event<?>>dematerialize();
    }

    /** The log of a start that another replica makes. */
    private Flux<Event<?>> othersLog(WorkspaceId id, AtomicBoolean starting) {
        StartLogs.Follower log = logs.follow(id);
        return Flux.interval(LOG_LOOK)
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic())
                .filter(_ -> starting.get())
                .concatMapIterable(_ -> log.newLines())
                .map(WorkspaceEventController::line);
    }

    private void pass(WorkspaceId id, WorkspaceEvents.Event event, FluxSink<Event<?>> sink, AtomicBoolean starting) {
        if (!event.id().equals(id)) {
            return;
        }
        switch (event) {
            case Changed(Workspace workspace) -> sink.next(state(workspace, starting));
            case Logged(WorkspaceId _, String line) -> sink.next(line(line));
            case Removed _ -> sink.complete();
        }
    }

    private static Event<?> line(String line) {
        return Event.of(new LogLine(line)).name("log");
    }

    private Event<?> state(Workspace workspace, AtomicBoolean starting) {
        starting.set(workspace.state() instanceof Starting);
        return Event.of(descriptions.of(workspace)).name("state");
    }
}
