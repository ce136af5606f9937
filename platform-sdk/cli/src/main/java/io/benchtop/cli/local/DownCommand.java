package io.benchtop.cli.local;

import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchtop down}: ends a running {@code up}, or what a killed one left. */
@Command(
        name = "down",
        description = "Stop the Benchtop that `benchtop up` started, with every workspace it runs.",
        footerHeading = "%nExamples:%n",
        footer = {"  benchtop down", "  benchtop down --data /srv/benchtop"})
public final class DownCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder it was started with (~/.benchtop).")
    private @Nullable Path data;

    @Override
    public Integer call() throws InterruptedException {
        var console = new Console(System.out);
        var folder = data == null ? DataFolder.ofHome() : new DataFolder(data);
        if (!Files.isDirectory(folder.root())) {
            throw new CommandFailure("There is no Benchtop at " + folder.root() + ". Name its folder with --data DIR.");
        }
        folder.create();
        var lock = RunLock.tryTake(folder.runLock());
        if (lock.isPresent()) {
            cleanUp(folder, console);
            lock.get().close();
        } else {
            endSupervisor(folder);
            console.line("Benchtop on " + folder.root() + " has stopped.");
        }
        return 0;
    }

    private static void cleanUp(DataFolder folder, Console console) {
        var ended = Leftovers.end(folder, console) + ServerSweep.sweep(folder, Duration.ofSeconds(10));
        console.line(
                ended == 0
                        ? "Benchtop is not running on " + folder.root() + "."
                        : "Ended " + ended + " processes that a killed Benchtop had left on " + folder.root() + ".");
    }

    private static void endSupervisor(DataFolder folder) throws InterruptedException {
        var supervisor = RunRecord.read(folder.runRecord())
                .flatMap(record -> Optional.ofNullable(record.supervisor()))
                .flatMap(ProcessMark::handle)
                .orElseThrow(() -> new CommandFailure("Benchtop on " + folder.root()
                        + " is just starting or stopping: try again in a moment, or press Ctrl-C where it runs."));
        supervisor.destroy();
        for (long waited = 0; waited < PATIENCE.toMillis(); waited += 100) {
            if (RunLock.tryTake(folder.runLock()).map(DownCommand::release).isPresent()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new CommandFailure("Process " + supervisor.pid() + " was asked to stop " + PATIENCE.toSeconds()
                + " s ago and still runs. See where it was started, or end it with: kill -9 " + supervisor.pid());
    }

    private static boolean release(RunLock lock) {
        lock.close();
        return true;
    }
}
