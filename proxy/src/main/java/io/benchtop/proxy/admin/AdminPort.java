package io.benchtop.proxy.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/** Health and metrics on a port of their own, which the public side never forwards to. */
public final class AdminPort implements AutoCloseable {

    private final HttpServer server;
    private final CollectorRegistry registry;
    private final BooleanSupplier ready;

    /** Listens at once. {@code ready} says whether traffic should be sent here. */
    public AdminPort(InetSocketAddress listen, CollectorRegistry registry, BooleanSupplier ready) throws IOException {
        this.registry = registry;
        this.ready = ready;
        this.server = HttpServer.create(listen, 16);
        server.createContext("/healthz", exchange -> answer(exchange, "/healthz", 200, "ok\n"));
        server.createContext("/readyz", this::readiness);
        server.createContext("/metrics", this::metrics);
        server.start();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void readiness(HttpExchange exchange) throws IOException {
        boolean yes = ready.getAsBoolean();
        answer(exchange, "/readyz", yes ? 200 : 503, yes ? "ready\n" : "no route table yet, or draining\n");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        exchange.getResponseHeaders().set("Content-Type", TextFormat.CONTENT_TYPE_004);
        answer(exchange, "/metrics", 200, text.toString());
    }

    private static void answer(HttpExchange exchange, String path, int status, String text) throws IOException {
        boolean known = exchange.getRequestURI().getPath().equals(path);
        byte[] body = (known ? text : "no such page\n").getBytes(UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(known ? status : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
