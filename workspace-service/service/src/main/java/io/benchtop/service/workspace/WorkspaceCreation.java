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
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.IdempotencyRepository.Answered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes new workspaces: within the quota, under a name of their own, and once for each idempotency key. */
public final class WorkspaceCreation {

    /**
     * What somebody asks for.
     *
     * @param slug made from the display name if null
     * @param profile the default one if null
     * @param overrides what to choose differently from it
     * @param start whether to start its server at once
     */
    public record Request(
            DisplayName displayName,
            @Nullable String slug,
            @Nullable String profile,
            Overrides overrides,
            boolean start) {

        public Request {
            requireNonNull(displayName, "displayName is null");
            requireNonNull(overrides, "overrides is null");
        }
    }

    /** How long a repeated request is known. */
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final WorkspaceRepository workspaces;
    private final IdempotencyRepository answers;
    private final WorkspaceChanges changes;
    private final Reconciler reconciler;
    private final ProfileOffers profiles;
    private final WarmChoice warm;
    private final Homes homes;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final int quota;

    WorkspaceCreation(
            WorkspaceRepository workspaces,
            IdempotencyRepository answers,
            WorkspaceChanges changes,
            Reconciler reconciler,
            ProfileOffers profiles,
            WarmChoice warm,
            Homes homes,
            AuditTrail audit,
            InstantSource clock,
            int quota) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.answers = requireNonNull(answers, "answers is null");
        this.changes = requireNonNull(changes, "changes is null");
        this.reconciler = requireNonNull(reconciler, "reconciler is null");
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.warm = requireNonNull(warm, "warm is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.quota = quota;
    }

    /** @param key the same key with the same request gives the same workspace; null makes a new one each time */
    public Workspace create(Caller caller, Request request, @Nullable IdempotencyKey key) {
        caller.require(Role.DEVELOPER);
        ProfileChoice profile = profiles.checked(caller, request.profile(), request.overrides());
        Workspace workspace = changes.create(() -> {
            workspaces.lock(caller.user());
            return answered(caller.user(), request, key).orElseGet(() -> createNew(caller, request, profile, key));
        });
        reconciler.wake(workspace.id());
        return workspace;
    }

    private Optional<Workspace> answered(UserName owner, Request request, @Nullable IdempotencyKey key) {
        answers.forgetBefore(clock.instant().minus(REMEMBERED));
        if (key == null) {
            return Optional.empty();
        }
        return answers.find(owner, key.value()).map(answered -> {
            if (!answered.requestHash().equals(key.hash(request))) {
                throw ProblemException.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key was used for another request. Use a new key for a new workspace.");
            }
            return workspaces
                    .find(answered.id())
                    .orElseThrow(() -> ProblemException.of(
                            ErrorCode.CONFLICT,
                            "The workspace that this Idempotency-Key made has been deleted. Use a new key."));
        });
    }

    private Workspace createNew(Caller caller, Request request, ProfileChoice profile, @Nullable IdempotencyKey key) {
        Instant now = clock.instant();
        UserName owner = caller.user();
        checkQuota(owner);
        Slug slug = slug(owner, request);
        Function<WorkspaceId, Workspace> made =
                id -> Workspace.create(id, owner, slug, request.displayName(), profile, now);
        Workspace workspace = (request.start()
                        ? started(made, profile, now)
                        : inserted(made.apply(WorkspaceId.random())))
                .orElseThrow(() -> taken(slug.value()));
        if (key != null) {
            answers.insert(owner, key.value(), new Answered(key.hash(request), workspace.id(), now));
        }
        profiles.remember(owner, profile);
        audit.done(
                owner.value(),
                caller.address(),
                "workspace.create",
                "workspace/" + workspace.id(),
                workspace.displayName() + " at " + workspace.path() + " with profile " + profile.slug());
        return workspace;
    }

    /** With the id of a server that waits for it, unless another workspace was faster to take it. */
    private Optional<Workspace> started(Function<WorkspaceId, Workspace> made, ProfileChoice profile, Instant now) {
        return warm.choose(profile)
                .flatMap(id -> inserted(made.apply(id).startAsked(now)))
                .or(() -> inserted(made.apply(WorkspaceId.random()).startAsked(now)));
    }

    private Optional<Workspace> inserted(Workspace workspace) {
        return workspaces.insert(workspace) ? Optional.of(workspace) : Optional.empty();
    }

    private void checkQuota(UserName owner) {
        int count = workspaces.list(owner).size();
        if (count >= quota) {
            throw ProblemException.of(
                    ErrorCode.QUOTA_REACHED,
                    "You have " + count + " workspaces, and no more than " + quota
                            + " are allowed. Delete one that you do not need; its files can be kept.");
        }
    }

    /** A folder that lies there already belongs to somebody's past: it is not given to a new workspace. */
    private Slug slug(UserName owner, Request request) {
        if (request.slug() == null) {
            return SlugChoice.choose(request.displayName().value(), slug -> isTaken(owner, slug));
        }
        Slug slug = Slug.find(request.slug())
                .orElseThrow(() -> ProblemException.invalidField(
                        "slug",
                        "must be 2 to " + Slug.MAX_LENGTH + " lower-case letters a-z, digits or single hyphens,"
                                + " starting with a letter and not ending with a hyphen"));
        if (isTaken(owner, slug)) {
            throw taken(slug.value());
        }
        return slug;
    }

    private boolean isTaken(UserName owner, Slug slug) {
        return workspaces.isTaken(owner, slug) || homes.exists(owner, slug);
    }

    private static ProblemException taken(String slug) {
        return ProblemException.of(
                ErrorCode.ALREADY_EXISTS,
                "You have, or had and kept files of, a workspace \"" + slug + "\". Choose another slug.");
    }
}
