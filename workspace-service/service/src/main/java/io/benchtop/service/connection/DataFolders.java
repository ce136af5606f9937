package io.benchtop.service.connection;

import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Below which folders of this machine data may lie; an administrator of the machine names them, one of Benchtop cannot. */
public final class DataFolders {

    public static final String VARIABLE = "BENCHTOP_DATA_FOLDERS";

    private final List<Path> roots;

    private DataFolders(List<Path> roots) {
        this.roots = roots;
    }

    /**
     * @param folders what {@value #VARIABLE} says: absolute paths, with commas between; may be empty
     * @throws IllegalArgumentException if one is not absolute
     */
    public static DataFolders of(String folders) {
        List<Path> roots = Stream.of(folders.split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .toList();
        roots.stream().filter(root -> !root.isAbsolute()).findFirst().ifPresent(root -> {
            throw new IllegalArgumentException(
                    VARIABLE + ": \"" + root + "\" must be a path that begins with a slash.");
        });
        return new DataFolders(roots);
    }

    /**
     * The folder where it really is, all links followed.
     *
     * @throws ProblemException if that is below none of the roots
     */
    public Path admit(String path) {
        if (roots.isEmpty()) {
            throw ProblemException.invalidField(
                    "settings.path",
                    "no folder may be connected here. Whoever runs the service names those that may in " + VARIABLE);
        }
        try {
            Path real = Path.of(path).toRealPath();
            for (Path root : roots) {
                if (Files.isDirectory(root) && real.startsWith(root.toRealPath()) && Files.isDirectory(real)) {
                    return real;
                }
            }
        } catch (IOException _) {
            // What cannot be looked at and what lies elsewhere get the same answer: it tells nobody what this machine
            // has.
        }
        throw ProblemException.invalidField(
                "settings.path",
                "must be a folder below one of those that " + VARIABLE + " names, with no link that leads out of them");
    }
}
