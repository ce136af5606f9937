package io.benchtop.cli.local;

import io.benchtop.cli.support.Console;
import java.time.Duration;
import java.util.List;

/**
 * Service and proxy of a supervisor that was killed before it could end them. Only looked for while holding the data folder's
 * {@link RunLock}; the users' servers are none: the next service adopts them.
 */
final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Leftovers() {}

    /** Ends them and says how many there were. */
    static int end(DataFolder data, Console console) {
        var living = RunRecord.read(data.runRecord())
                .map(record -> record.livingChildren().toList())
                .orElse(List.of());
        if (!living.isEmpty()) {
            console.line("The last `benchtop up` was killed; ending what it left running (process "
                    + String.join(
                            ", ",
                            living.stream()
                                    .map(mark -> Long.toString(mark.pid()))
                                    .toList()) + ").");
            // The processes alone: what is below the service belongs to the users.
            var handles =
                    living.stream().flatMap(mark -> mark.handle().stream()).toList();
            handles.forEach(ProcessHandle::destroy);
            ServerSweep.await(handles, PATIENCE);
            handles.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
            ServerSweep.await(handles, PATIENCE);
        }
        return living.size();
    }
}
