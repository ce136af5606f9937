package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.WorkspaceState.Active;
import io.benchtop.service.workspace.WorkspaceState.Deleting;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Queued;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import io.benchtop.service.workspace.WorkspaceState.Stopping;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's durable unit: a name, a home folder, a profile, and at most one server. What people ask for and what the
 * reconciler finds out are methods that give the workspace as it is afterwards; an answer that is the same object means
 * that nothing changes.
 *
 * @param slug last part of its address; never changes and is never given to other files
 * @param profile what its owner picked, in force from the next start
 * @param generation counts its starts
 * @param keptAlive null if nobody asked
 * @param lastActivity null before the first
 */
public record Workspace(
        WorkspaceId id,
        UserName owner,
        Slug slug,
        DisplayName displayName,
        ProfileChoice profile,
        Instant createdAt,
        DesiredState desired,
        WorkspaceState state,
        long generation,
        @Nullable KeptAlive keptAlive,
        @Nullable Instant lastActivity) {

    public Workspace {
        requireNonNull(id, "id is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(desired, "desired is null");
        requireNonNull(state, "state is null");
    }

    static Workspace create(
            WorkspaceId id, UserName owner, Slug slug, DisplayName displayName, ProfileChoice profile, Instant at) {
        return new Workspace(
                id, owner, slug, displayName, profile, at, DesiredState.STOPPED, new Stopped(at, null), 0, null, null);
    }

    /** {@code /user/<owner>/<slug>/}. */
    public String path() {
        return "/user/" + owner + "/" + slug + "/";
    }

    /** The page that shows its state and offers to start it. */
    public String startPath() {
        return "/workspaces/spawn/" + owner + "/" + slug;
    }

    /** Whether its server of this generation has been started and not stopped. */
    public boolean runs(long askedGeneration) {
        return generation == askedGeneration && (state instanceof Starting || state instanceof Running);
    }

    /** Whether its start of this generation is still wanted. */
    boolean wants(long askedGeneration) {
        return runs(askedGeneration) || (generation == askedGeneration && state instanceof Queued);
    }

    Workspace startAsked(Instant at) {
        return switch (state) {
            case Stopped stopped -> queued(stopped.toQueued(at));
            case Failed failed -> queued(failed.toQueued(at));
            case Stopping _ -> with(DesiredState.RUNNING, state);
            case Queued _, Starting _, Running _ -> this;
            case Deleting _ -> throw beingDeleted();
        };
    }

    Workspace stopAsked(Instant at, @Nullable Reason because) {
        return switch (state) {
            case Active active -> with(DesiredState.STOPPED, active.toStopping(at, because));
            case Stopping _ -> desired == DesiredState.STOPPED ? this : with(DesiredState.STOPPED, state);
            case Stopped _, Failed _, Deleting _ -> this;
        };
    }

    Workspace deleteAsked(Instant at, FilesAfterwards files) {
        return state instanceof Deleting ? this : with(files.desired(), state.toDeleting(at));
    }

    Workspace changed(@Nullable DisplayName newName, @Nullable ProfileChoice newProfile) {
        if (state instanceof Deleting) {
            throw beingDeleted();
        }
        return new Workspace(
                id,
                owner,
                slug,
                newName == null ? displayName : newName,
                newProfile == null ? profile : newProfile,
                createdAt,
                desired,
                state,
                generation,
                keptAlive,
                lastActivity);
    }

    Workspace keptAlive(KeptAlive promise) {
        return new Workspace(
                id, owner, slug, displayName, profile, createdAt, desired, state, generation, promise, lastActivity);
    }

    Workspace active(Instant at) {
        return lastActivity != null && !at.isAfter(lastActivity)
                ? this
                : new Workspace(
                        id, owner, slug, displayName, profile, createdAt, desired, state, generation, keptAlive, at);
    }

    /** Its turn has come. */
    Workspace starting(Instant at) {
        return state instanceof Queued queued ? with(desired, queued.toStarting(at)) : this;
    }

    /** The start of this generation tells how far it is. */
    Workspace progressed(long startedGeneration, StartPhase phase, String detail, Instant at) {
        return state instanceof Starting starting && generation == startedGeneration
                ? with(desired, starting.progressed(phase, detail, at))
                : this;
    }

    /** The server of this generation answers. */
    Workspace started(long startedGeneration, Instant at) {
        return state instanceof Starting starting && generation == startedGeneration
                ? with(desired, starting.toRunning(at))
                : this;
    }

    /** The server of this generation ended although nobody asked, or did not come up. It is not started again by itself. */
    Workspace ended(long endedGeneration, ServerEnding ending, Instant at) {
        if (generation != endedGeneration) {
            return this;
        }
        boolean failed = ending.code() != EndingCode.STOPPED;
        Reason reason = Reason.of(ending);
        return switch (state) {
            case Starting starting ->
                with(DesiredState.STOPPED, failed ? starting.toFailed(at, reason) : starting.toStopped(at, reason));
            case Running running ->
                with(DesiredState.STOPPED, failed ? running.toFailed(at, reason) : running.toStopped(at, reason));
            default -> this;
        };
    }

    /** Nothing of the server is left after a stop. */
    Workspace stopped(Instant at) {
        if (!(state instanceof Stopping stopping)) {
            return this;
        }
        return desired == DesiredState.RUNNING ? queued(stopping.toQueued(at)) : with(desired, stopping.toStopped(at));
    }

    private Workspace queued(Queued queued) {
        return new Workspace(
                id,
                owner,
                slug,
                displayName,
                profile,
                createdAt,
                DesiredState.RUNNING,
                queued,
                generation + 1,
                keptAlive,
                lastActivity);
    }

    private Workspace with(DesiredState newDesired, WorkspaceState newState) {
        return new Workspace(
                id,
                owner,
                slug,
                displayName,
                profile,
                createdAt,
                newDesired,
                newState,
                generation,
                keptAlive,
                lastActivity);
    }

    private ProblemException beingDeleted() {
        return ProblemException.of(
                ErrorCode.CONFLICT, "The workspace \"" + displayName + "\" is being deleted. Make a new one.");
    }
}
