package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.Profile;
import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.profile.ProfileDescriptions;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceDescriptions;
import io.benchtop.service.workspace.Workspaces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts workspaces and profiles into the words of the pages. */
@Singleton
final class WorkspaceViews {

    private static final WorkspaceOverrides NO_OVERRIDES = new WorkspaceOverrides(null, null, null, null);

    private final Workspaces workspaces;
    private final WorkspaceDescriptions descriptions;
    private final ProfileOffers profiles;
    private final InstantSource clock;

    WorkspaceViews(
            Workspaces workspaces, WorkspaceDescriptions descriptions, ProfileOffers profiles, InstantSource clock) {
        this.workspaces = requireNonNull(workspaces, "workspaces is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    WorkspaceView of(Workspace workspace) {
        return new WorkspaceView(descriptions.of(workspace), clock.instant());
    }

    WorkspaceListView own(Caller caller, Frame frame, @Nullable String problem) {
        return WorkspaceListView.of(frame, views(workspaces.list(caller)), false, problem);
    }

    WorkspaceListView everybodys(Caller caller, Frame frame, @Nullable String problem) {
        return WorkspaceListView.of(frame, views(workspaces.listAll(caller)), true, problem);
    }

    /** Those that the caller may pick. */
    List<Profile> profiles(Caller caller) {
        return profiles.of(caller).stream().map(ProfileDescriptions::offer).toList();
    }

    /** For a new workspace: with what the person will most likely pick. */
    ProfilePicker picker(Caller caller, Form form) {
        ProfileChoice likely = profiles.likely(caller).orElse(null);
        return ProfilePicker.of(
                profiles(caller),
                likely == null ? "" : likely.slug().value(),
                likely == null ? NO_OVERRIDES : WorkspaceDescriptions.of(likely.overrides()),
                form);
    }

    /** For a workspace that is there: with what it has. */
    ProfilePicker picker(Caller caller, WorkspaceView view, Form form) {
        return ProfilePicker.of(
                profiles(caller), view.profile(), view.workspace().overrides(), form);
    }

    private List<WorkspaceView> views(List<Workspace> listed) {
        Instant now = clock.instant();
        return descriptions.of(listed).stream()
                .map(described -> new WorkspaceView(described, now))
                .toList();
    }
}
