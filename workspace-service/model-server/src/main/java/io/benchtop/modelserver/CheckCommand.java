package io.benchtop.modelserver;

import io.benchtop.modelserver.check.ModelCheck;
import io.benchtop.modelserver.codec.JsonWriter;
import io.benchtop.modelserver.engine.DeviceChoice;
import io.benchtop.modelserver.onnx.OnnxLoader;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.TensorSpec;
import io.benchtop.modelserver.store.ModelException;
import io.benchtop.modelserver.store.ModelException.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * {@code check}: the outcome, good or bad, goes to a file or to standard output and the exit code is 0. Another exit code is a crash of the
 * process, which a hostile model may well cause.
 */
final class CheckCommand {

    /** For a result that goes to standard output, as its last line: a pod has no other way out. */
    private static final String OUTPUT = "-";

    private CheckCommand() {}

    static void run(List<String> words) throws IOException, InterruptedException {
        Arguments arguments =
                new Arguments(words, Set.of("--model", "--result", "--timeout-seconds", "--device"), Set.of());
        Path model = Path.of(arguments.required("--model"));
        String result = arguments.required("--result");
        int seconds = arguments.number("--timeout-seconds", 60, 1, 3600);
        DeviceChoice device = ServeOptions.device(arguments.text("--device").orElse("cpu"));
        Consumer<JsonWriter> outcome = outcome(new ModelCheck(new AnyLoader(1, device)), model, seconds);
        if (result.equals(OUTPUT)) {
            System.out.println(text(outcome).toString(StandardCharsets.UTF_8));
        } else {
            write(Path.of(result), outcome);
        }
        // A native run that does not end would keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static Consumer<JsonWriter> outcome(ModelCheck check, Path model, int seconds) throws InterruptedException {
        CompletableFuture<Consumer<JsonWriter>> outcome = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("check").start(() -> outcome.complete(tried(check, model)));
        try {
            return outcome.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return failure(
                    Code.TIMEOUT,
                    "the check did not end within " + seconds + " s: use a smaller sample or a faster model");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Consumer<JsonWriter> tried(ModelCheck check, Path model) {
        try {
            return success(check.run(model));
        } catch (ModelException e) {
            return failure(e.code(), e.sentence());
        } catch (InferenceException e) {
            return failure(Code.SAMPLE_INVALID, e.sentence());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return failure(Code.LOAD_FAILED, "the model could not be loaded: " + e);
        }
    }

    private static Consumer<JsonWriter> failure(Code code, String message) {
        return json -> json.beginObject()
                .name("ok")
                .bool(false)
                .name("code")
                .text(code.name())
                .name("message")
                .text(message)
                .endObject();
    }

    private static Consumer<JsonWriter> success(ModelCheck.Findings findings) {
        return json -> {
            json.beginObject().name("ok").bool(true);
            json.name("platform").text(findings.platform());
            json.name("inputs");
            specs(json, findings.signature().inputs());
            json.name("outputs");
            specs(json, findings.signature().outputs());
            json.name("loadMillis").number(findings.loadMillis());
            json.name("inferMicros").beginObject();
            json.name("p50").number(findings.medianMicros());
            json.name("p99").number(findings.p99Micros()).endObject();
            json.name("maxAbsoluteDifference").number(findings.comparison().maxAbsolute());
            json.name("maxRelativeDifference").number(findings.comparison().maxRelative());
            if (findings.platform().startsWith("onnx")) {
                json.name("onnxRuntime").text(OnnxLoader.runtimeVersion());
            }
            json.endObject();
        };
    }

    private static void specs(JsonWriter json, List<TensorSpec> specs) {
        json.beginArray();
        for (TensorSpec spec : specs) {
            json.beginObject().name("name").text(spec.name());
            json.name("datatype").text(spec.datatype().name());
            json.name("shape").beginArray();
            for (long dimension : spec.shape().dimensions()) {
                json.number(dimension);
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private static ByteBuf text(Consumer<JsonWriter> outcome) {
        ByteBuf text = Unpooled.buffer();
        outcome.accept(new JsonWriter(text));
        return text;
    }

    private static void write(Path file, Consumer<JsonWriter> outcome) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, ByteBufUtil.getBytes(text(outcome)));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
