package io.benchtop.service.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * For whoever works on the look: every page with sample content under {@code /<role>/<page>}, with the product's own
 * content security policy. Run its main and open the printed address.
 */
final class PagePreview {

    private PagePreview() {}

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", PagePreview::answer);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/admin/home");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        if (path.length == 2 && path[0].equals("assets")) {
            Assets.Content content = new Assets().find(path[1]);
            send(
                    exchange,
                    content == null ? 404 : 200,
                    content == null ? "text/plain" : content.type(),
                    content == null ? new byte[0] : content.bytes());
            return;
        }
        Theme theme = Theme.parse(exchange.getRequestURI().getQuery());
        Map<String, Page> pages = Samples.of(path.length == 2 ? Role.parse(path[0]) : Role.ADMIN, theme)
                .pages();
        Page page = path.length == 2 ? pages.get(path[1]) : null;
        send(
                exchange,
                page == null ? 404 : 200,
                "text/html;charset=utf-8",
                (page == null ? String.join("\n", pages.keySet()) : page.html()).getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
