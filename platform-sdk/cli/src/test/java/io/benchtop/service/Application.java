package io.benchtop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands in for workspace-service where the supervisor is tested; files in the data folder tell it how to behave. */
public final class Application {

    private Application() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(System.getenv("BENCHTOP_DATA"));
        System.out.println("fake service starts");
        if (Files.exists(data.resolve("fake-fails"))) {
            System.out.println("the database is broken");
            System.exit(3);
        }
        var port = Integer.parseInt(System.getenv("BENCHTOP_SERVICE_PORT"));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/internal/ready", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/internal/sign-in-links", exchange -> {
            var known = Files.exists(data.resolve("fake-has-admin"));
            answer(exchange, known ? 409 : 200, known ? "{}" : "{\"path\":\"/login/link/once\"}");
        });
        server.createContext("/internal/servers:stop-all", exchange -> {
            Files.createFile(data.resolve("fake-stop-all"));
            answer(exchange, 200, "{}");
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
