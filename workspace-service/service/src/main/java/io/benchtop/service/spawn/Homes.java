package io.benchtop.service.spawn;

import io.benchtop.service.identity.UserName;

/** Port: the home folders of workspaces. Both ways of taking leave of one may be repeated. */
public interface Homes {

    /** Where the files are, for the person who runs Benchtop. */
    String path(UserName owner, Slug slug, WorkspaceId id);

    /** Whether there is anything under this name, in use or left over. */
    boolean exists(UserName owner, Slug slug);

    /** Moves the files of a deleted workspace aside, where no other workspace will find them. */
    void keep(UserName owner, Slug slug, WorkspaceId id);

    /** Removes the files, and nothing that they only link to. */
    void delete(UserName owner, Slug slug, WorkspaceId id);
}
