package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.proxy.testing.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaticCompressionIT {

    private static final String SCRIPT = "function jupyter() { return 'lab'; }\n".repeat(20_000);
    private static final String GZIP = "Accept-Encoding: gzip, deflate, br\r\n";

    private TestingProxy proxy;

    @BeforeAll
    void start() {
        proxy = new TestingProxy();
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    private static String script(String... lines) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/javascript; charset=utf-8\r\nContent-Length: " + SCRIPT.length()
                + "\r\nETag: \"abc\"\r\nAccept-Ranges: bytes\r\n" + String.join("", lines) + "\r\n" + SCRIPT;
    }

    private String[] fetch(String path, String lines, String answer) {
        return proxy.roundTrip(proxy.server, proxy.get(PREFIX + path, proxy.alice(), lines), answer);
    }

    private static String unchunkedAndUnzipped(String message) throws IOException {
        int at = message.indexOf("\r\n\r\n") + 4;
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        while (true) {
            int end = message.indexOf("\r\n", at);
            int size = Integer.parseInt(message.substring(at, end), 16);
            if (size == 0) {
                break;
            }
            gzip.writeBytes(message.substring(end + 2, end + 2 + size).getBytes(StandardCharsets.ISO_8859_1));
            at = end + 2 + size + 2;
        }
        return unzipped(gzip.toByteArray());
    }

    private static String unzipped(byte[] gzip) throws IOException {
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aScriptIsCompressedForABrowser() throws IOException {
        // When
        String answer = fetch("static/lab/main.js?v=1", GZIP, script())[1];

        // Then
        assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")))
                .contains("Content-Encoding: gzip", "Transfer-Encoding: chunked", "Vary: Accept-Encoding")
                .contains("ETag: W/\"abc\"")
                .doesNotContain("Content-Length", "Accept-Ranges");
        assertThat(answer.length()).isLessThan(SCRIPT.length() / 10);
        assertThat(unchunkedAndUnzipped(answer)).isEqualTo(SCRIPT);
    }

    @Test
    void whoeverCannotReadGzipGetsTheFileAsItIs() {
        // When
        String plain = fetch("static/lab/main.js", "", script())[1];
        String refused = fetch("static/lab/main.js", "Accept-Encoding: gzip;q=0\r\n", script())[1];

        // Then
        assertThat(plain).contains("Vary: Accept-Encoding", "Content-Length: ").endsWith(SCRIPT);
        assertThat(refused).endsWith(SCRIPT);
    }

    @Test
    void filesAndCallsAndSmallOrEncodedAnswersStayAsTheyAre() {
        assertThat(fetch("files/a.js", GZIP, script())[1]).endsWith(SCRIPT);
        assertThat(fetch("api/contents", GZIP, script())[1]).endsWith(SCRIPT);
        assertThat(fetch("static/a.js", GZIP, script("Content-Encoding: br\r\n"))[1])
                .endsWith(SCRIPT);
        assertThat(fetch("static/a.png", GZIP, script().replace("text/javascript; charset=utf-8", "image/png"))[1])
                .endsWith(SCRIPT);
        assertThat(fetch(
                        "static/a.js",
                        GZIP,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 2\r\n\r\nab")[1])
                .endsWith("\r\n\r\nab");
        assertThat(fetch("static/a.js", GZIP + "Range: bytes=0-\r\n", script())[1])
                .endsWith(SCRIPT);
    }

    @Test
    void aFileWithItsHashInItsNameIsCompressedOnce() throws IOException {
        // Given
        String path = "static/lab/jlab_core.0123456789abcdef0123.js?v=0123456789abcdef";
        fetch(path, GZIP, script("Cache-Control: public, max-age=31536000, immutable\r\n"));
        int before = proxy.server.connections.get();

        try (Wire client = proxy.client()) {
            // When
            client.send(proxy.get(PREFIX + path, proxy.alice(), GZIP));
            String head = client.head();
            int at = head.indexOf("Content-Length: ") + 16;
            byte[] body = client.bytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));

            // Then
            assertThat(head)
                    .startsWith("HTTP/1.1 200 OK")
                    .contains(
                            "Content-Encoding: gzip", "Content-Type: text/javascript", "ETag: W/\"abc\"", "immutable");
            assertThat(unzipped(body)).isEqualTo(SCRIPT);
        }
        assertThat(proxy.server.connections.get()).isEqualTo(before);
        assertThat(proxy.refused(proxy.get(PREFIX + path, GZIP))).startsWith("HTTP/1.1 401");
    }

    @Test
    void aFileThatBreaksOffIsNeitherWholeNorRemembered() {
        // Given
        String path = "static/lab/broken.0123456789abcdef0123.js";
        try (Wire client = proxy.client()) {
            client.send(proxy.get(PREFIX + path, proxy.alice(), GZIP));
            Wire server = proxy.server.next();
            server.head();

            // When
            server.send(script().substring(0, 5000)).close();

            // Then
            assertThat(client.isReset()).isTrue();
        }
        assertThat(fetch(path, GZIP, script())[0]).startsWith("GET ");
    }
}
