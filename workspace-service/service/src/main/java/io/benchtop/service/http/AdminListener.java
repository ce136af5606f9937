package io.benchtop.service.http;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health and metrics on a port of their own, which nobody outside the machine or cluster reaches (S30). {@code /healthz}
 * says that the process lives, {@code /readyz} that it can do its work, {@code /metrics} what it did. It is the JDK's own
 * server, so that it answers even when the other one is in trouble.
 */
public final class AdminListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CollectorRegistry registry;
    private final Supplier<Optional<String>> trouble;

    /**
     * @param listen {@code host:port}, port 0 for any that is free
     * @param trouble why it cannot do its work; empty while it can
     */
    public AdminListener(String listen, CollectorRegistry registry, Supplier<Optional<String>> trouble)
            throws IOException {
        this.registry = requireNonNull(registry, "registry is null");
        this.trouble = requireNonNull(trouble, "trouble is null");
        this.server = HttpServer.create(address(listen), 0);
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
        LOG.info("admin listening host={} port={}", server.getAddress().getHostString(), port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean get = exchange.getRequestMethod().equals("GET");
            switch (get ? exchange.getRequestURI().getPath() : "") {
                case "/healthz" -> send(exchange, 200, "alive\n");
                case "/readyz" -> readiness(exchange);
                case "/metrics" -> metrics(exchange);
                default -> send(exchange, 404, "GET /healthz, /readyz or /metrics\n");
            }
        }
    }

    private void readiness(HttpExchange exchange) throws IOException {
        Optional<String> why = trouble.get();
        send(exchange, why.isEmpty() ? 200 : 503, why.orElse("ready") + "\n");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        exchange.getResponseHeaders().set("Content-Type", TextFormat.CONTENT_TYPE_004);
        send(exchange, 200, text.toString());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static InetSocketAddress address(String listen) {
        int colon = listen.lastIndexOf(':');
        if (colon < 1 || !listen.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "BENCHTOP_SERVICE_ADMIN_LISTEN must be host:port, such as 127.0.0.1:9090, not " + listen);
        }
        return new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
    }
}
