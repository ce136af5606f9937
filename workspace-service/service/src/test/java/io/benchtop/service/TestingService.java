package io.benchtop.service;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The whole service for tests, on a free port over an H2 database in a folder of the test's. Replace a port by declaring a
 * {@code @Singleton @Replaces} bean with {@code @Requires(property = …)} in the test and giving that property here.
 */
public final class TestingService implements AutoCloseable {

    public static final String INTERNAL_KEY = "dGVzdC1pbnRlcm5hbC1rZXktb2YtMzItYnl0ZXMhIQ";
    public static final String PUBLIC_URL = "http://127.0.0.1:8080";
    public static final String SESSION_COOKIE = "benchtop-session-8080";

    private final EmbeddedServer server;

    private TestingService(EmbeddedServer server) {
        this.server = server;
    }

    public static TestingService start(Path data) {
        return start(data, Map.of());
    }

    public static TestingService start(Path data, Map<String, Object> properties) {
        Path key = data.resolve("config").resolve("internal.key");
        try {
            Files.createDirectories(key.getParent());
            Files.writeString(key, INTERNAL_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> all = new HashMap<>(Map.of(
                "micronaut.server.port",
                -1,
                "benchtop.data",
                data.toString(),
                "benchtop.public-url",
                PUBLIC_URL,
                "benchtop.session-cookie",
                SESSION_COOKIE,
                "benchtop.internal-key-file",
                key.toString()));
        all.putAll(properties);
        return new TestingService(ApplicationContext.run(EmbeddedServer.class, all, "test"));
    }

    public URI url() {
        return server.getURI();
    }

    public <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    @Override
    public void close() {
        server.close();
    }
}
