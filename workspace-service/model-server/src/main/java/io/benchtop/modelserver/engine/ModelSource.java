package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.ModelException.Code;
import io.benchtop.modelserver.store.ModelVersionNumber;
import io.benchtop.modelserver.store.VersionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where models come from: folders of versions by the names they are served under, or a repository of many. */
public record ModelSource(
        Map<String, List<Path>> folders, @Nullable Path repository) {

    public ModelSource {
        folders = Map.copyOf(folders);
    }

    /** Every name there is now. */
    Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(folders.keySet());
        if (repository != null) {
            subfolders(repository).forEach(folder -> names.add(String.valueOf(folder.getFileName())));
        }
        return names;
    }

    /** The folders of the name's versions as they are now; empty if there is none. */
    List<VersionFolder> versions(String name) throws ModelException {
        List<Path> named = folders.get(name);
        try {
            if (named != null) {
                List<VersionFolder> found = new ArrayList<>();
                for (Path folder : named) {
                    found.add(VersionFolder.open(folder));
                }
                return found;
            }
            if (repository == null || !ModelVersionNumber.isPlain(name)) {
                return List.of();
            }
            List<VersionFolder> found = new ArrayList<>();
            for (Path folder : subfolders(repository.resolve(name))) {
                found.add(VersionFolder.open(folder, String.valueOf(folder.getFileName())));
            }
            return found;
        } catch (IOException e) {
            throw new ModelException(Code.LOAD_FAILED, "the folders of model " + name + " cannot be read: " + e, e);
        }
    }

    private static List<Path> subfolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> members = Files.list(folder)) {
            return members.filter(member -> Files.isDirectory(member, LinkOption.NOFOLLOW_LINKS)
                            && ModelVersionNumber.isPlain(String.valueOf(member.getFileName())))
                    .sorted()
                    .toList();
        }
    }
}
