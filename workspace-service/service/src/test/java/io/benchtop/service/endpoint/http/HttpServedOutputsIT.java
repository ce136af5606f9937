package io.benchtop.service.endpoint.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.endpoint.ServedOutputs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a model-server tells of its outputs, be it hostile. */
class HttpServedOutputsIT {

    private final ServedOutputs outputs = new HttpServedOutputs();
    private ServerSocket server;
    private volatile String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Answers the first that asks, and then says nothing any more. */
    private void serve() {
        try {
            Socket asking = server.accept();
            asking.getInputStream().read(new byte[4096]);
            asking.getOutputStream().write(answer.getBytes(US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private URI admin() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private static String told(String body, int length) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + length + "\r\n\r\n" + body;
    }

    @Test
    void whatItGaveIsAddedUp() throws IOException {
        // Given
        String body = "{\"models\":[{\"nanOutputs\":1,\"outputs\":[{\"count\":4,\"mean\":0.5,\"m2\":2}]}]}";
        answer = told(body, body.length());

        // Then
        assertThat(outputs.read(admin())).isEqualTo(new ServedOutputs.Totals(5, 1, 4, 2, 3));
    }

    @Test
    @Timeout(30)
    void whoStopsInTheMiddleIsNotWaitedFor() {
        // Given
        answer = told("{\"models\":", 1_000);

        // Then
        assertThatThrownBy(() -> outputs.read(admin()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not come within 2 s");
    }

    @Test
    void whoTellsTooMuchIsNotHeard() {
        // Given
        answer = told("x".repeat(300_000), 300_000);

        // Then
        assertThatThrownBy(() -> outputs.read(admin()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be read");
    }
}
