package io.benchtop.modelserver.testing;

import io.benchtop.modelserver.codec.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real server process with the tests' models, or others. */
public final class RunningServer implements AutoCloseable {

    public static final Path MODELS = Path.of("src/test/resources/models");

    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Path folder;
    private final Map<String, Object> ports;

    private RunningServer(Process process, Path folder, Map<String, Object> ports) {
        this.process = process;
        this.folder = folder;
        this.ports = ports;
    }

    /** With all models of the tests. */
    public static RunningServer withAllModels(String... options) {
        List<String> arguments = new ArrayList<>();
        try (Stream<Path> models = Files.list(MODELS)) {
            models.sorted().forEach(model -> {
                arguments.add("--model");
                arguments.add(model.getFileName() + "=" + model);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        arguments.addAll(List.of(options));
        return start(arguments);
    }

    public static RunningServer start(List<String> arguments) {
        return start(List.of(), arguments);
    }

    /** With these options of the Java machine, too. */
    public static RunningServer start(List<String> machine, List<String> arguments) {
        try {
            Path folder = Files.createTempDirectory("model-server-test");
            Path ready = folder.resolve("ready.json");
            List<String> command = command("serve");
            command.addAll(1, machine);
            command.addAll(arguments);
            command.addAll(List.of("--ready-file", ready.toString()));
            Process process = builder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            long end = System.nanoTime() + START.toNanos();
            while (!Files.exists(ready)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IllegalStateException("no server: " + Files.readString(folder.resolve("log")));
                }
                Thread.sleep(20);
            }
            return new RunningServer(process, folder, JsonTree.object(Files.readAllBytes(ready)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class path goes by the environment: ONNX Runtime crashes in a process whose command line is long. */
    public static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment()
                .put("DJL_CACHE_DIR", Path.of("target/djl").toAbsolutePath().toString());
        return builder;
    }

    /** What starts a command of the program in a process of its own. */
    public static List<String> command(String name) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.leakDetection.level=simple",
                "-Dio.netty.leakDetection.samplingInterval=1",
                "-XX:ErrorFile=target/crash-%p.log",
                "-XX:-CreateCoredumpOnCrash",
                "io.benchtop.modelserver.Main",
                name));
    }

    public int port(String name) {
        return ((Long) ports.get(name)).intValue();
    }

    public Process process() {
        return process;
    }

    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port("http") + path);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    public HttpResponse<String> admin(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("admin") + path)));
    }

    public HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(60)).build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the process to end; returns its exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(40, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
