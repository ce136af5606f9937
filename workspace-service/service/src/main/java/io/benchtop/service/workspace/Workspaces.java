package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.Overrides;
import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.Spawner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people do with workspaces that exist; each request writes down what is wanted and wakes the reconciler. */
public final class Workspaces {

    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofHours(24);
    private static final int MAX_REASON = 200;
    private static final int MAX_LOG_LINES = 5000;

    private final WorkspaceRepository workspaces;
    private final WorkspaceAccess access;
    private final WorkspaceChanges changes;
    private final Reconciler reconciler;
    private final ProfileOffers profiles;
    private final Spawner spawner;
    private final AuditTrail audit;
    private final InstantSource clock;

    Workspaces(
            WorkspaceRepository workspaces,
            WorkspaceAccess access,
            WorkspaceChanges changes,
            Reconciler reconciler,
            ProfileOffers profiles,
            Spawner spawner,
            AuditTrail audit,
            InstantSource clock) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.access = requireNonNull(access, "access is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.reconciler = requireNonNull(reconciler, "reconciler is null");
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.spawner = requireNonNull(spawner, "spawner is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    public Workspace get(Caller caller, String id) {
        return access.visible(caller, id);
    }

    /** The caller's own workspace of this address; nobody else's. */
    public Workspace get(Caller caller, UserName owner, String slug) {
        return Slug.find(slug)
                .filter(_ -> caller.is(owner))
                .flatMap(found -> workspaces.find(owner, found))
                .orElseThrow(() -> ProblemException.notFound("workspace", slug));
    }

    /** The caller's own, oldest first. */
    public List<Workspace> list(Caller caller) {
        return workspaces.list(caller.user());
    }

    /** Everybody's, for administrators. */
    public List<Workspace> listAll(Caller caller) {
        caller.require(Role.ADMIN);
        return workspaces.list();
    }

    /** Somebody's, for administrators and that person. */
    public List<Workspace> list(Caller caller, UserName owner) {
        if (!caller.is(owner)) {
            caller.require(Role.ADMIN);
        }
        return workspaces.list(owner);
    }

    public Workspace start(Caller caller, String id) {
        Workspace workspace = access.own(caller, id);
        return change(caller, workspace, "workspace.start", now -> startAsked(caller, now));
    }

    /** A server that is there is left as it is, whatever became of its profile; a new one is not made of one that is gone. */
    private Workspace startAsked(Caller caller, Workspace now) {
        Workspace asked = now.startAsked(clock.instant());
        if (!asked.equals(now)) {
            profiles.requireStartable(caller, now.profile());
        }
        return asked;
    }

    public Workspace stop(Caller caller, String id) {
        Workspace workspace = access.controllable(caller, id);
        Reason because = caller.is(workspace.owner())
                ? null
                : Reason.of("STOPPED_BY_ADMINISTRATOR", "Stopped by the administrator " + caller.user() + ".");
        return change(caller, workspace, "workspace.stop", now -> now.stopAsked(clock.instant(), because));
    }

    public Workspace delete(Caller caller, String id, FilesAfterwards files) {
        Workspace workspace = access.controllable(caller, id);
        String action = files == FilesAfterwards.KEEP ? "workspace.delete-keeping-files" : "workspace.delete";
        return change(caller, workspace, action, now -> now.deleteAsked(clock.instant(), files));
    }

    /**
     * Changes what is not null; a new profile is in force from the next start, and drops what was chosen differently from the
     * last one.
     */
    public Workspace change(
            Caller caller,
            String id,
            @Nullable DisplayName displayName,
            @Nullable String profile,
            @Nullable Overrides overrides) {
        Workspace workspace = access.own(caller, id);
        ProfileChoice before = workspace.profile();
        if (profile == null && overrides == null) {
            return change(caller, workspace, "workspace.change", now -> now.changed(displayName, null));
        }
        String slug = profile == null ? before.slug().value() : profile;
        boolean same = slug.equals(before.slug().value());
        Overrides kept = same ? before.overrides() : Overrides.NONE;
        ProfileChoice choice = profiles.checked(caller, slug, overrides == null ? kept : overrides);
        Workspace after = change(caller, workspace, "workspace.change", now -> now.changed(displayName, choice));
        profiles.remember(caller.user(), choice);
        return after;
    }

    public KeptAlive keepAlive(Caller caller, String id, Duration duration, String reason) {
        Workspace workspace = access.own(caller, id);
        if (!duration.isPositive()) {
            throw ProblemException.invalidField("duration", "must be longer than nothing");
        }
        if (duration.compareTo(LONGEST_KEEP_ALIVE) > 0) {
            throw ProblemException.of(
                    ErrorCode.KEEP_ALIVE_TOO_LONG,
                    "A workspace can be kept alive for at most " + LONGEST_KEEP_ALIVE.toHours()
                            + " hours at a time; ask again before they end.");
        }
        if (reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalidField("reason", "must be one line of at most " + MAX_REASON + " characters");
        }
        Instant until = clock.instant().plus(duration);
        KeptAlive promise = new KeptAlive(until, reason);
        change(caller, workspace, "workspace.keep-alive", now -> now.keptAlive(promise));
        return promise;
    }

    /** The last lines of its server's log. */
    public List<String> log(Caller caller, String id, int lines) {
        Workspace workspace = access.visible(caller, id);
        if (lines < 1 || lines > MAX_LOG_LINES) {
            throw ProblemException.invalidField("lines", "must be between 1 and " + MAX_LOG_LINES);
        }
        return spawner.logTail(workspace.id(), lines);
    }

    private Workspace change(Caller caller, Workspace workspace, String action, UnaryOperator<Workspace> change) {
        Optional<Workspace> after = changes.apply(
                workspace.id(),
                change,
                now -> audit.done(
                        caller.user().value(),
                        caller.address(),
                        action,
                        "workspace/" + now.id(),
                        now.displayName() + " of " + now.owner()));
        reconciler.wake(workspace.id());
        return after.orElseThrow(
                () -> ProblemException.notFound("workspace", workspace.id().value()));
    }
}
