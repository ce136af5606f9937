package io.benchtop.modelserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.modelserver.testing.RawClient;
import io.benchtop.modelserver.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However TCP cuts and joins what clients send, each request is answered, in its order. */
class ConnectionIT {

    private static final String INFER = "/v2/models/iris/infer";
    private static final String ROW = "[5.1,3.5,1.4,0.2]";
    private static final int MAX_BODY = 8_000_000;
    private static final String EMPTY_LINE = "\r\n\r\n";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(List.of(
                "--model", "iris=" + RunningServer.MODELS.resolve("iris"), "--max-body", Integer.toString(MAX_BODY)));
    }

    @AfterAll
    static void stop() {
        assertThat(server.log()).doesNotContain("LEAK");
        server.close();
    }

    private static RawClient connect() throws IOException {
        return new RawClient(server.port("http"));
    }

    /** As many rows as the body needs to be at least so long. */
    private static byte[] request(String id, int bytes) {
        int rows = Math.max(1, bytes / (ROW.length() + 1));
        return RawClient.post(
                INFER,
                "{\"id\":\"" + id + "\",\"outputs\":[{\"name\":\"label\"}],\"inputs\":[{\"name\":\"X\",\"shape\":["
                        + rows + ",4],\"datatype\":\"FP32\",\"data\":[" + (ROW + ",").repeat(rows - 1) + ROW + "]}]}");
    }

    private static int head(byte[] request) {
        return new String(request, US_ASCII).indexOf(EMPTY_LINE) + EMPTY_LINE.length();
    }

    /** Ends of so many pieces of the same length. */
    private static int[] pieces(byte[] request, int count) {
        return IntStream.range(1, count)
                .map(i -> (int) ((long) request.length * i / count))
                .toArray();
    }

    private static void assertAnswered(RawClient client, String id) throws IOException {
        RawClient.Answer answer = client.receive();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":\"" + id + "\"").contains("\"data\":[0");
    }

    @Test
    void aHeadThatComesBeforeItsBody() throws Exception {
        try (RawClient client = connect()) {
            for (int i = 0; i < 5; i++) {
                // Given
                byte[] request = request("r" + i, 0);

                // When
                client.send(request, head(request));

                // Then
                assertAnswered(client, "r" + i);
            }
        }
    }

    @Test
    void cutsInTheMiddleOfHeadAndBody() throws Exception {
        try (RawClient client = connect()) {
            for (int i = 0; i < 3; i++) {
                // Given
                byte[] request = request("r" + i, 0);
                int head = head(request);

                // When
                client.send(request, 3, head - 2, head, head + 1, request.length - 1);

                // Then
                assertAnswered(client, "r" + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"100000,1", "100000,2", "100000,25", "5000000,1", "5000000,2", "5000000,40"})
    void aLargeBodyOnAFreshAndOnAKeptConnection(int bytes, int pieces) throws Exception {
        // Given
        byte[] request = request("large", bytes);

        try (RawClient client = connect()) {
            for (int i = 0; i < 3; i++) {
                // When
                client.send(request, pieces(request, pieces));

                // Then
                assertAnswered(client, "large");
            }
        }
    }

    @Test
    void requestsSentBeforeTheirAnswersAreAnsweredInTheirOrder() throws Exception {
        // Given
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            all.writeBytes(request("r" + i, i % 10 == 9 ? 100_000 : 0));
        }

        for (int pieces : new int[] {1, 2, 17}) {
            try (RawClient client = connect()) {
                // When
                client.send(all.toByteArray(), pieces(all.toByteArray(), pieces));

                // Then
                for (int i = 0; i < 50; i++) {
                    assertAnswered(client, "r" + i);
                }
            }
        }
    }

    @Test
    void aBodyInChunks() throws Exception {
        // Given
        byte[] whole = request("chunks", 100_000);
        String body = new String(whole, head(whole), whole.length - head(whole), US_ASCII);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + INFER + " HTTP/1.1\r\nHost: model\r\nTransfer-Encoding: chunked" + EMPTY_LINE)
                .getBytes(US_ASCII));
        for (int from = 0; from < body.length(); from += 7000) {
            String chunk = body.substring(from, Math.min(body.length(), from + 7000));
            request.writeBytes((Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n").getBytes(US_ASCII));
        }
        request.writeBytes(("0" + EMPTY_LINE).getBytes(US_ASCII));

        try (RawClient client = connect()) {
            for (int pieces : new int[] {1, 9}) {
                // When
                client.send(request.toByteArray(), pieces(request.toByteArray(), pieces));

                // Then
                assertAnswered(client, "chunks");
            }
        }
    }

    @Test
    void aRefusedRequestDoesNotHarmTheNext() throws Exception {
        try (RawClient client = connect()) {
            // When
            client.send(RawClient.post(INFER, "{bad"));
            client.send(request("next", 100_000));

            // Then
            assertThat(client.receive().status()).isEqualTo(400);
            assertAnswered(client, "next");
        }
    }

    private static byte[] inOneChunk(byte[] request) {
        int head = head(request);
        String before = new String(request, 0, head, US_ASCII)
                .replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((before + Integer.toHexString(request.length - head) + "\r\n").getBytes(US_ASCII));
        all.write(request, head, request.length - head);
        all.writeBytes("\r\n0\r\n\r\n".getBytes(US_ASCII));
        return all.toByteArray();
    }

    /** By what its head says, and by what came of it when its head says nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusalReachesWhoIsStillSending(boolean chunked) throws Exception {
        // Given
        byte[] request = request("too large", MAX_BODY + 4_000_000);
        if (chunked) {
            request = inOneChunk(request);
        }

        try (RawClient client = connect()) {
            // When
            client.send(request, pieces(request, 20));

            // Then
            assertThat(client.receive().status()).isEqualTo(413);
            assertThat(client.isEnded()).isTrue();
        }
    }
}
