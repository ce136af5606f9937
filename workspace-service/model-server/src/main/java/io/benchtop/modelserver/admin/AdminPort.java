package io.benchtop.modelserver.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.benchtop.modelserver.codec.JsonWriter;
import io.benchtop.modelserver.engine.ServedModels;
import io.benchtop.modelserver.engine.ServerState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;

/** Health, metrics and statistics, on a port that no client of a model reaches. */
public final class AdminPort implements AutoCloseable {

    private static final String JSON = "application/json";

    private final HttpServer server;
    private final CollectorRegistry registry = new CollectorRegistry();
    private final ServedModels models;
    private final ServerState state;

    /** Listens at once. */
    public AdminPort(InetSocketAddress listen, ServedModels models, ServerState state) throws IOException {
        this.models = models;
        this.state = state;
        DefaultExports.register(registry);
        registry.register(new ModelCollector(models));
        this.server = HttpServer.create(listen, 16);
        server.createContext(
                "/health/live", exchange -> answer(exchange, "/health/live", 200, JSON, "{\"live\":true}"));
        server.createContext("/health/ready", this::readiness);
        server.createContext("/metrics", this::metrics);
        server.createContext("/stats", this::statistics);
        server.start();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void readiness(HttpExchange exchange) throws IOException {
        boolean yes = state.isReady();
        answer(exchange, "/health/ready", yes ? 200 : 503, JSON, "{\"ready\":" + yes + "}");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        answer(exchange, "/metrics", 200, TextFormat.CONTENT_TYPE_004, text.toString());
    }

    private void statistics(HttpExchange exchange) throws IOException {
        ByteBuf body = Unpooled.buffer();
        StatisticsPage.write(new JsonWriter(body), models.all());
        answer(exchange, "/stats", 200, JSON, body.toString(UTF_8));
    }

    private static void answer(HttpExchange exchange, String path, int status, String type, String text)
            throws IOException {
        boolean known = exchange.getRequestURI().getPath().equals(path);
        byte[] body = (known ? text : "{\"error\":\"there is no such page\"}").getBytes(UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", known ? type : JSON);
            exchange.sendResponseHeaders(known ? status : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
