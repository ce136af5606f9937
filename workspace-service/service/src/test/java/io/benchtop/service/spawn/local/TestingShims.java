package io.benchtop.service.spawn.local;

import java.nio.file.Path;
import java.util.List;

/** Looks at the shims below a data folder, and ends them after a test. */
public final class TestingShims {

    private TestingShims() {}

    /** The folders of live servers, one entry for each guard. */
    public static List<Path> guarded(Path data) {
        List<Shims.Shim> all = all(data);
        return all.stream()
                .filter(shim -> shim.process()
                        .parent()
                        .filter(parent ->
                                all.stream().anyMatch(other -> other.process().equals(parent)))
                        .isEmpty())
                .map(Shims.Shim::folder)
                .toList();
    }

    public static void endAll(Path data) {
        all(data).stream()
                .map(shim -> new ServerFolder(shim.folder()))
                .distinct()
                .forEach(server -> new ServerEnder(new Shims()).end(server));
    }

    private static List<Shims.Shim> all(Path data) {
        return new Shims().all().filter(shim -> shim.folder().startsWith(data)).toList();
    }
}
