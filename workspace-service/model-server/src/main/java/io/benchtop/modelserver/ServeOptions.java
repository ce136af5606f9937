package io.benchtop.modelserver;

import io.benchtop.modelserver.engine.DeviceChoice;
import io.benchtop.modelserver.engine.EngineConfig;
import io.benchtop.modelserver.engine.ModelSource;
import io.benchtop.modelserver.engine.ServingKey;
import io.benchtop.modelserver.rest.RestLimits;
import io.benchtop.modelserver.store.ModelVersionNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code serve} is told. */
record ServeOptions(
        ModelSource source,
        String bind,
        int httpPort,
        int grpcPort,
        int adminPort,
        ServingKey key,
        boolean control,
        int intraOpThreads,
        DeviceChoice device,
        EngineConfig engine,
        RestLimits limits,
        Optional<Path> readyFile,
        Optional<Path> payloadLog,
        double payloadSample) {

    private static final int MOST_BODY = 1 << 30;

    private static final Set<String> VALUED = Set.of(
            "--model",
            "--repository",
            "--bind",
            "--http-port",
            "--grpc-port",
            "--admin-port",
            "--key-file",
            "--threads",
            "--intra-op-threads",
            "--device",
            "--queue",
            "--batch-rows",
            "--max-body",
            "--max-connections",
            "--patience-seconds",
            "--ready-file",
            "--payload-log",
            "--payload-sample");

    static ServeOptions of(List<String> words) {
        Arguments arguments = new Arguments(words, VALUED, Set.of("--control"));
        int intraOp = arguments.number("--intra-op-threads", 1, 1, 256);
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / intraOp);
        return new ServeOptions(
                source(arguments),
                arguments.text("--bind").orElse("127.0.0.1"),
                arguments.number("--http-port", 0, 0, 65_535),
                arguments.number("--grpc-port", 0, 0, 65_535),
                arguments.number("--admin-port", 0, 0, 65_535),
                new ServingKey(arguments.fileText("--key-file").orElse(null)),
                arguments.flag("--control"),
                intraOp,
                device(arguments.text("--device").orElse("cpu")),
                new EngineConfig(
                        arguments.number("--threads", cores, 1, 1024),
                        arguments.number("--queue", 1, 1_000_000),
                        arguments.number("--batch-rows", 256, 1, 65_536)),
                new RestLimits(
                        arguments.number("--max-body", 64 << 20, 1, MOST_BODY),
                        arguments.number("--max-connections", 4096, 1, 1_000_000),
                        Duration.ofSeconds(arguments.number("--patience-seconds", 75, 1, 3600))),
                arguments.path("--ready-file"),
                arguments.path("--payload-log"),
                arguments.share("--payload-sample", 0.01));
    }

    private static ModelSource source(Arguments arguments) {
        Map<String, List<Path>> folders = new HashMap<>();
        for (String model : arguments.all("--model")) {
            int equals = model.indexOf('=');
            Arguments.require(
                    equals > 0 && ModelVersionNumber.isPlain(model.substring(0, equals)),
                    "--model",
                    "NAME=FOLDER, with letters, digits and . _ - in the name, not " + model);
            folders.computeIfAbsent(model.substring(0, equals), _ -> new ArrayList<>())
                    .add(Path.of(model.substring(equals + 1)));
        }
        ModelSource source =
                new ModelSource(folders, arguments.path("--repository").orElse(null));
        if (folders.isEmpty() && source.repository() == null) {
            throw new IllegalArgumentException("there is nothing to serve: give --model NAME=FOLDER or --repository");
        }
        return source;
    }

    static DeviceChoice device(String name) {
        try {
            return DeviceChoice.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--device must be cuda, cpu or auto, not " + name, e);
        }
    }
}
