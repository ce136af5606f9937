package io.benchtop.service.workspace;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Port: where workspaces are kept. */
public interface WorkspaceRepository {

    /** Adds one; false if there is one of this id, or the owner has, or had and kept files of, one of this slug. */
    boolean insert(Workspace workspace);

    Optional<Workspace> find(WorkspaceId id);

    Optional<Workspace> find(UserName owner, Slug slug);

    /** Oldest first. */
    List<Workspace> list(UserName owner);

    /** Everybody's, oldest first. */
    List<Workspace> list();

    /** Applies a change to the workspace as it is now and gives what is stored then; others wait meanwhile. */
    Optional<Workspace> change(WorkspaceId id, UnaryOperator<Workspace> change);

    /** Makes concurrent requests of one owner take turns until the transaction ends. */
    void lock(UserName owner);

    /** Whether the slug belongs, or belonged, to a workspace of the owner. */
    boolean isTaken(UserName owner, Slug slug);

    /** How many workspaces have each profile; one that none has is missing. */
    Map<OptionSlug, Integer> countByProfile();

    /** Forgets the workspace but not its slug: kept files still go by it. */
    void retire(WorkspaceId id);

    /** Forgets the workspace, and its slug may be used again. */
    void remove(WorkspaceId id);
}
