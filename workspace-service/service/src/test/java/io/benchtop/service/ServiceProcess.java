package io.benchtop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The service as a process of its own, to be killed. Its data folder was used by {@link TestingService} before. */
public final class ServiceProcess implements AutoCloseable {

    private final Process process;
    private final URI url;
    private final URI adminUrl;

    private ServiceProcess(Process process, int port, int adminPort) {
        this.process = process;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.adminUrl = URI.create("http://127.0.0.1:" + adminPort);
    }

    /** @param environment more than the data folder, such as {@code BENCHTOP_FAILPOINT} */
    public static ServiceProcess start(Path data, Map<String, String> environment) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath,
                "io.benchtop.service.Application");
        int port = freePort();
        int adminPort = freePort();
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "BENCHTOP_DATA",
                data.toString(),
                "BENCHTOP_SERVICE_PORT",
                Integer.toString(port),
                "BENCHTOP_SERVICE_ADMIN_LISTEN",
                "127.0.0.1:" + adminPort,
                "BENCHTOP_INTERNAL_KEY_FILE",
                data.resolve("config/internal.key").toString(),
                "BENCHTOP_WORKSPACES_LOOK_EVERY",
                "500ms",
                "BENCHTOP_WORKSPACES_QUOTA",
                "100000"));
        all.putAll(environment);
        builder.environment().putAll(all);
        builder.redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(data.resolve("service.log").toFile()));
        try {
            return new ServiceProcess(builder.start(), port, adminPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServiceProcess awaitReady() {
        TestingClient internal = internal();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> internal.get("/internal/ready").statusCode() == 200);
        return this;
    }

    public TestingClient internal() {
        return new TestingClient(url, Map.of("Authorization", "Internal " + TestingService.INTERNAL_KEY));
    }

    /** @param authorization as {@link TestingClient#header} of a program's client tells it */
    public TestingClient program(String authorization) {
        return new TestingClient(url, Map.of("Authorization", authorization));
    }

    /** The port with health and metrics. */
    public TestingClient adminSide() {
        return new TestingClient(adminUrl, Map.of());
    }

    /** Waits for the end that a failpoint brings. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service did not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** kill -STOP: it does nothing any more, and keeps what it has. */
    public void freeze() {
        signal("STOP");
    }

    /** kill -CONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** kill -TERM, and waits for the end. */
    public int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
