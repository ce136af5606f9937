package io.benchtop.service.spawn.local;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the shims that run on this machine. A shim is known by its command line, which ends with the folder of its server:
 * that holds from its first moment, before it has written anything, and no other process takes it over as a number can be
 * taken over. A shim is two processes, a guard and its keeper; both count.
 */
final class Shims {

    /** Every live shim process with the folder of its server. */
    Stream<Shim> all() {
        return ProcessHandle.allProcesses()
                .flatMap(handle -> folderOf(handle).stream().map(folder -> new Shim(handle, folder)));
    }

    /** The processes of one server's shim, the guard first. */
    List<ProcessHandle> of(ServerFolder server) {
        Optional<ProcessHandle> recorded = recorded(server);
        if (recorded.isPresent()) {
            return Stream.concat(recorded.stream(), recorded.get().children().filter(child -> keeps(child, server)))
                    .toList();
        }
        return all().filter(shim -> shim.folder().equals(server.path()))
                .map(Shim::process)
                .sorted()
                .toList();
    }

    boolean isAlive(ServerFolder server) {
        return recorded(server).isPresent() || !of(server).isEmpty();
    }

    /** The usual case without looking at every process of the machine. */
    private static Optional<ProcessHandle> recorded(ServerFolder server) {
        return server.server()
                .flatMap(Shims::guardPid)
                .flatMap(ProcessHandle::of)
                .filter(guard -> keeps(guard, server));
    }

    static Optional<Long> guardPid(JsonObject record) {
        try {
            return Optional.of(Json.number(record, "shimPid"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean keeps(ProcessHandle process, ServerFolder server) {
        return folderOf(process).filter(server.path()::equals).isPresent();
    }

    /** A process that has ended and is not buried yet has no arguments any more. */
    private static Optional<Path> folderOf(ProcessHandle process) {
        return process.info()
                .arguments()
                .filter(arguments ->
                        arguments.length >= 2 && "-I".equals(arguments[0]) && arguments[1].endsWith("/shim.py"))
                .map(arguments -> Path.of(arguments[arguments.length - 1]));
    }

    record Shim(ProcessHandle process, Path folder) {}
}
