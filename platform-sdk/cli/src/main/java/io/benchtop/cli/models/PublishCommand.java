package io.benchtop.cli.models;

import io.benchtop.api.model.ModelFile;
import io.benchtop.api.model.ModelVersion;
import io.benchtop.api.model.PublishRequest;
import io.benchtop.cli.connection.Connection;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.ExitCode;
import io.benchtop.cli.support.Output;
import io.benchtop.cli.support.Surroundings;
import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.RestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code benchtop models publish}. */
@Command(
        name = "publish",
        description =
                "Publish a model file as a new version, after it was loaded and has answered the sample as expected.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchtop models publish risk.onnx --name risk --sample sample.json",
            "  benchtop models publish risk.onnx --name risk --sample sample.json --bump minor --description trees"
        })
final class PublishCommand implements Callable<Integer> {

    @Mixin
    private final Connection connection;

    @Mixin
    private final Output output;

    @Parameters(paramLabel = "FILE", description = "An ONNX model (.onnx), or TorchScript (.pt).")
    private Path file = Path.of("");

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The model; made if it is not there.")
    private String name = "";

    @Option(
            names = "--sample",
            required = true,
            paramLabel = "FILE",
            description = "JSON with inputs and the outputs that are expected, as in docs/command-line.md.")
    private Path sample = Path.of("");

    @Option(
            names = "--bump",
            paramLabel = "PART",
            description = "What of the version grows: patch, minor or major (patch).")
    private String bump = "patch";

    @Option(names = "--description", paramLabel = "TEXT", description = "What is new.")
    private String description = "";

    PublishCommand(Surroundings surroundings) {
        this.connection = new Connection(surroundings);
        this.output = new Output(surroundings);
    }

    @Override
    public Integer call() {
        var format = format();
        var files =
                new TreeMap<>(Map.of("onnx".equals(format) ? "model.onnx" : "model.pt", file, "sample.json", sample));
        var rest = connection.rest();
        var model = new ModelReference(name, Optional.empty());
        var begun = rest.send("POST", model.path() + "/versions", asked(format, files), ModelVersion.class);
        var path = model.versionPath(begun.version());
        output.progress(name + "@" + begun.version() + ": sending");
        try {
            var version = new VersionFiles(rest, path);
            files.forEach(version::upload);
            rest.send("POST", path + ":commit", null);
        } catch (RuntimeException e) {
            // An answer that was lost may have been a yes.
            if (!(e instanceof BenchtopException lost) || lost.status() != 0) {
                giveUp(rest, path);
            }
            throw e;
        }
        output.progress(name + "@" + begun.version() + ": being checked");
        var told = checked(rest, path);
        if (!told.state().equals("READY")) {
            throw new CommandFailure(name + "@" + told.version() + " is not published. " + VersionWords.state(told));
        }
        output.print(told, () -> name + "@" + told.version() + " is published.");
        return 0;
    }

    private String format() {
        for (var given : List.of(file, sample)) {
            if (!Files.isRegularFile(given)) {
                throw new CommandFailure(given + " is no file that can be read. Nothing was sent.", ExitCode.USAGE);
            }
        }
        var typed = file.toString();
        if (typed.endsWith(".onnx")) {
            return "onnx";
        }
        if (typed.endsWith(".pt")) {
            return "torchscript";
        }
        throw new CommandFailure("'" + typed + "' is neither an .onnx nor a .pt file.", ExitCode.USAGE);
    }

    private PublishRequest asked(String format, Map<String, Path> files) {
        var listed = files.entrySet().stream()
                .map(each -> described(each.getKey(), each.getValue()))
                .toList();
        return new PublishRequest(bump, null, format, listed, null, null, description, null, null, null, null, null);
    }

    private static ModelFile described(String path, Path file) {
        try {
            return new ModelFile(path, Files.size(file), FileDigest.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Throws away what was begun; if that fails too, the service does when it expires. */
    private static void giveUp(RestClient rest, String path) {
        try {
            rest.send("DELETE", path, null);
        } catch (BenchtopException e) {
            return;
        }
    }

    /** Each look waits a little longer than the one before. */
    private static ModelVersion checked(RestClient rest, String path) {
        for (int looks = 1; ; looks++) {
            var told = rest.get(path, ModelVersion.class);
            if (!told.state().equals("CHECKING")) {
                return told;
            }
            rest.pause(Math.min(looks, 3));
        }
    }
}
