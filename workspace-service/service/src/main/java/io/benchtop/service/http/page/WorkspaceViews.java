package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.Caller;
import io.benchtop.service.profile.ProfileCatalog;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceDescriptions;
import io.benchtop.service.workspace.Workspaces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts workspaces and profiles into the words of the pages. */
@Singleton
final class WorkspaceViews {

    private final Workspaces workspaces;
    private final WorkspaceDescriptions descriptions;
    private final ProfileCatalog profiles;
    private final InstantSource clock;

    WorkspaceViews(
            Workspaces workspaces, WorkspaceDescriptions descriptions, ProfileCatalog profiles, InstantSource clock) {
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

    List<ProfileView> profiles() {
        return profiles.list().stream().map(ProfileView::of).toList();
    }

    String standardProfile() {
        return profiles.standard().slug();
    }

    private List<WorkspaceView> views(List<Workspace> listed) {
        return listed.stream().map(this::of).toList();
    }
}
