package io.benchtop.service.endpoint.local;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.benchtop.service.endpoint.Arm;
import io.benchtop.service.endpoint.ArmId;
import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.ModelServers;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.endpoint.ServingKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Model-servers as processes, each version of each endpoint in processes of its own: what one does harms no other. An arm has a folder,
 * {@code <root>/<key>/}, which says what it is for, and in it a folder per process; who runs is read from there, so that a service that
 * starts again finds what an earlier one started.
 *
 * <p>Calls wait for each other: starting a process is quick, and nothing here waits for one.
 */
public final class LocalModelServers implements ModelServers {

    private static final String ARM_FILE = "arm.json";

    private final Path root;
    private final ModelServerProgram program;
    private final VersionFolders versions;
    private final ServingKeys keys;
    private final InstantSource clock;
    private final Map<Path, ServerProcess> processes = new HashMap<>();
    private volatile Runnable changed = () -> {};

    /** @param root the folder of all arms; made when needed */
    public LocalModelServers(
            Path root, ModelServerProgram program, VersionFolders versions, ServingKeys keys, InstantSource clock) {
        this.root = requireNonNull(root, "root is null");
        this.program = requireNonNull(program, "program is null");
        this.versions = requireNonNull(versions, "versions is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What is to be run when a process has become ready or has ended. */
    @Override
    public void onChange(Runnable listener) {
        changed = listener;
    }

    private record ArmFile(String endpoint, String model, String version) {

        ArmId id() {
            return new ArmId(new EndpointId(endpoint), new ServedVersion(model, version));
        }
    }

    @Override
    public synchronized void ensure(Arm arm) {
        ServedVersion version = arm.id().version();
        try {
            Path folder = root.resolve(arm.id().key());
            if (!read(folder).equals(Optional.of(arm.id()))) {
                Files.createDirectories(folder);
                Files.writeString(
                        folder.resolve(ARM_FILE),
                        new Gson()
                                .toJson(new ArmFile(arm.id().endpoint().value(), version.model(), version.version())));
            }
            int wanted = arm.scaling().least();
            for (int number = 0; number < wanted; number++) {
                process(folder.resolve(Integer.toString(number)))
                        .ensure(
                                program,
                                () -> List.of("serve", "--model", arm.served() + "=" + versions.folder(version)),
                                keys.serving(arm.id()));
            }
            for (Path surplus : processFolders(folder)) {
                if (Integer.parseInt(surplus.getFileName().toString()) >= wanted) {
                    endProcess(surplus);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the model-servers of " + arm.id() + " cannot be started", e);
        }
    }

    private ServerProcess process(Path folder) {
        return processes.computeIfAbsent(folder, each -> new ServerProcess(each, clock, () -> changed.run()));
    }

    @Override
    public synchronized void end(ArmId arm) {
        Path folder = root.resolve(arm.key());
        boolean ended = true;
        for (Path each : processFolders(folder)) {
            ended &= endProcess(each);
        }
        if (ended) {
            remove(folder);
        }
    }

    private boolean endProcess(Path folder) {
        boolean ended = process(folder).end();
        if (ended) {
            processes.remove(folder);
            remove(folder);
        }
        return ended;
    }

    @Override
    public synchronized Map<ArmId, ArmState> list() {
        Map<ArmId, ArmState> arms = new HashMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                read(folder).ifPresent(id -> arms.put(id, state(folder)));
            }
        } catch (NoSuchFileException e) {
            return arms;
        } catch (IOException e) {
            throw new UncheckedIOException("the folders of model-servers cannot be listed", e);
        }
        return arms;
    }

    private static Optional<ArmId> read(Path folder) {
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(folder.resolve(ARM_FILE)), ArmFile.class))
                    .map(ArmFile::id);
        } catch (IOException | JsonParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Ready if one is; else what is worst. */
    private ArmState state(Path folder) {
        List<ArmState.Server> ready = new ArrayList<>();
        ArmState other = new ArmState.Starting("It is being started.");
        for (Path each : processFolders(folder)) {
            switch (process(each).state()) {
                case ArmState.Ready(List<ArmState.Server> servers, String _) -> ready.addAll(servers);
                case ArmState.Failed failed -> other = failed;
                case ArmState.Starting starting -> other = other instanceof ArmState.Failed ? other : starting;
                case ArmState.Asleep _ -> {}
            }
        }
        return ready.isEmpty() ? other : new ArmState.Ready(ready);
    }

    @Override
    public synchronized List<String> log(ArmId arm, int lines) {
        return processFolders(root.resolve(arm.key())).stream()
                .flatMap(folder -> process(folder).log(lines).stream())
                .toList();
    }

    private static List<Path> processFolders(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> each.getFileName().toString().matches("\\d{1,3}"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("what a model-server left cannot be removed: " + folder, e);
        }
    }
}
