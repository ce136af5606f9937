package io.benchtop.cli.local;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ends the users' servers and the model-servers that nobody else ended: each is recorded in {@code servers/<id>/server.json} by the shim
 * that keeps it, or in {@code model-servers/<version>/<number>/server.json} by the service.
 *
 * <p>The shim is asked with SIGTERM and then ends everything below it; one that does not within the given patience is killed with
 * all its descendants.
 */
final class ServerSweep {

    private ServerSweep() {}

    /** What is read of {@code server.json}. */
    private record ServerRecord(long shimPid, long startTicks) {}

    /** Servers that run now. */
    static List<ProcessMark> running(Path servers) {
        var found = new ArrayList<ProcessMark>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(servers)) {
            for (var folder : folders) {
                read(folder.resolve("server.json")).filter(ProcessMark::isAlive).ifPresent(found::add);
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** Ends those that run and says how many there were. */
    static int sweep(DataFolder data, Duration patience) {
        var marks = new ArrayList<>(running(data.servers()));
        marks.addAll(runningModels(data.modelServers()));
        end(marks, patience);
        return marks.size();
    }

    private static List<ProcessMark> runningModels(Path modelServers) {
        var found = new ArrayList<ProcessMark>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(modelServers)) {
            versions.forEach(version -> found.addAll(running(version)));
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** Ends processes with all their descendants. */
    static void end(List<ProcessMark> marks, Duration patience) {
        var handles = marks.stream()
                .map(ProcessMark::handle)
                .flatMap(Optional::stream)
                .toList();
        // Seen before the end of their parent: afterwards nobody knows whose they were.
        var families = handles.stream()
                .flatMap(handle -> Stream.concat(handle.descendants(), Stream.of(handle)))
                .toList();
        handles.forEach(ProcessHandle::destroy);
        await(handles, patience);
        families.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
        await(families, Duration.ofSeconds(2));
    }

    static void await(List<ProcessHandle> handles, Duration patience) {
        CompletableFuture.allOf(handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .join();
    }

    private static Optional<ProcessMark> read(Path file) {
        try {
            @Nullable ServerRecord server = new Gson().fromJson(Files.readString(file), ServerRecord.class);
            return Optional.ofNullable(server)
                    .filter(it -> it.shimPid() > 0)
                    .map(it -> new ProcessMark(it.shimPid(), it.startTicks()));
        } catch (IOException | JsonParseException e) {
            return Optional.empty();
        }
    }
}
