package io.benchtop.service.spawn.local;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Homes;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Home folders in {@code DATA/homes/<user>/<slug>}, kept ones in {@code DATA/kept/<user>/<slug>-<id>}. User names and slugs
 * are made of letters, digits and hyphens, so that no name leads out of these folders.
 */
public final class LocalHomes implements Homes {

    private final Path data;

    public LocalHomes(Path data) {
        if (!data.isAbsolute()) {
            throw new IllegalArgumentException("the data folder must be absolute, not " + data);
        }
        this.data = data;
    }

    Path folder(UserName owner, Slug slug) {
        return data.resolve("homes").resolve(owner.value()).resolve(slug.value());
    }

    @Override
    public String path(UserName owner, Slug slug, WorkspaceId id) {
        return folder(owner, slug).toString();
    }

    @Override
    public boolean exists(UserName owner, Slug slug) {
        return Files.exists(folder(owner, slug), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void keep(UserName owner, Slug slug, WorkspaceId id) {
        Path kept = data.resolve("kept").resolve(owner.value()).resolve(slug + "-" + id);
        moveAside(owner, slug, kept);
    }

    /** Out of the way in one step first: what is half deleted must not be taken for somebody's home. */
    @Override
    public void delete(UserName owner, Slug slug, WorkspaceId id) {
        Path aside = data.resolve("homes").resolve(owner.value()).resolve("." + slug + "-" + id);
        moveAside(owner, slug, aside);
        try {
            FolderRemoval.remove(aside);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the files in " + aside, e);
        }
    }

    private void moveAside(UserName owner, Slug slug, Path target) {
        if (!exists(owner, slug) || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            PrivateFiles.makeFolder(target.resolveSibling(".").normalize());
            Files.move(folder(owner, slug), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move the files of " + owner + "/" + slug + " to " + target, e);
        }
    }
}
