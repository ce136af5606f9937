package io.benchtop.proxy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Stands in for the proxy where the supervisor is tested. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        var listen = System.getenv("BENCHTOP_PROXY_LISTEN");
        var colon = listen.lastIndexOf(':');
        var address = new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
        var server = HttpServer.create(address, 0);
        server.createContext("/.well-known/jwks.json", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }
}
