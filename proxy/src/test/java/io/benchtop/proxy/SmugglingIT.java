package io.benchtop.proxy;

import static io.benchtop.proxy.TestingProxy.HOST;
import static io.benchtop.proxy.TestingProxy.ORIGIN;
import static io.benchtop.proxy.TestingProxy.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.proxy.testing.Wire;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * S20, the corpus: each input is sent as it stands, followed by a request that must never be seen as a second one. The
 * answer is 400 and the end of the connection, and the server sees no whole request.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingIT {

    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private TestingProxy proxy;

    @BeforeAll
    void start() {
        proxy = new TestingProxy();
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    static Stream<String> heads() {
        return Stream.of(
                "Content-Length: 5\r\n" + CHUNKED + "\r\n0\r\n\r\n",
                CHUNKED + "Content-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "Content-Length: 5, 5\r\n\r\nhello",
                "Content-Length: +5\r\n\r\nhello",
                "Content-Length: -5\r\n\r\nhello",
                "Content-Length: 0x5\r\n\r\nhello",
                "Content-Length: 5 5\r\n\r\nhello",
                "Content-Length: \r\n\r\nhello",
                "Content-Length: 99999999999999999999\r\n\r\nhello",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\nhello",
                "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                CHUNKED + CHUNKED + "\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding\r\n : chunked\r\n\r\n0\r\n\r\n",
                "X-Fold: a\r\n b\r\n\r\n",
                "X-Fold: a\r\n\tContent-Length: 5\r\n\r\nhello",
                "X-Bare: a\nContent-Length: 5\r\n\r\nhello",
                "X-Bare: a\rContent-Length: 5\r\n\r\nhello",
                "X-Null: a\0b\r\n\r\n",
                ": no-name\r\n\r\n",
                "No-Colon\r\n\r\n",
                "Bad Name: x\r\n\r\n",
                "Host: second.example\r\n\r\n");
    }

    static Stream<String> chunks() {
        return Stream.of(
                "5;ext\nx\r\nhello\r\n0\r\n\r\n",
                "5;a=\"b\r\n\"\r\nhello\r\n0\r\n\r\n",
                "5;ext=1\r\nhello\r\n0\r\n\r\n",
                "100000004\r\nhello\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
                "80000000\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "\r\n5\r\nhello\r\n0\r\n\r\n",
                "g\r\nhello\r\n0\r\n\r\n",
                "0\r\nContent-Length: 5\r\n\r\n",
                "0\r\nX-Benchtop-Identity: forged\r\n\r\n",
                "0\r\nCookie: a=b\r\n\r\n",
                "0\r\nX-T: a\nX-U: b\r\n\r\n",
                "0\r\nno name: x\r\n\r\n",
                "0\r\n\n");
    }

    static Stream<String> startLines() {
        return Stream.of(
                "GET " + PREFIX + "api HTTP/1.2\r\n",
                "GET " + PREFIX + "api HTTP/2.0\r\n",
                "GET " + PREFIX + "api\r\n",
                "GET  " + PREFIX + "api HTTP/1.1\r\n",
                "GET " + PREFIX + "api  HTTP/1.1\r\n",
                "GET\t" + PREFIX + "api HTTP/1.1\r\n",
                "GET " + PREFIX + "a b HTTP/1.1\r\n",
                "GET " + PREFIX + "api HTTP/1.1 \r\n",
                "GET " + PREFIX + "\u00e4 HTTP/1.1\r\n",
                "G(T " + PREFIX + "api HTTP/1.1\r\n",
                "GET http://evil.example" + PREFIX + "api HTTP/1.1\r\n",
                "GET evil.example" + PREFIX + "api HTTP/1.1\r\n",
                "OPTIONS * HTTP/1.1\r\n",
                "CONNECT evil.example:443 HTTP/1.1\r\n",
                " GET " + PREFIX + "api HTTP/1.1\r\n",
                "GET " + PREFIX + "api HTTP/1.1\n");
    }

    @ParameterizedTest
    @MethodSource("heads")
    void s20_aHeadThatTwoParsersCouldReadDifferentlyIsRefused(String rest) {
        assertRefused("POST " + PREFIX + "api HTTP/1.1\r\nHost: " + HOST + "\r\n" + common() + rest);
    }

    @ParameterizedTest
    @MethodSource("chunks")
    void s20_brokenChunksAreRefusedAndNeverFinishARequest(String chunks) {
        assertRefused(
                "POST " + PREFIX + "api HTTP/1.1\r\nHost: " + HOST + "\r\n" + common() + CHUNKED + "\r\n" + chunks);
    }

    @ParameterizedTest
    @MethodSource("startLines")
    void s20_aStrangeStartLineIsRefused(String line) {
        assertRefused(line + "Host: " + HOST + "\r\n" + common() + "\r\n");
    }

    private String common() {
        return proxy.alice() + "Origin: " + ORIGIN + "\r\n";
    }

    private void assertRefused(String input) {
        // Given
        String second = proxy.get(PREFIX + "api/smuggled", proxy.alice());
        try (Wire client = proxy.client()) {
            // When
            client.send(input + second);
            String answer = client.rest();

            // Then
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Connection: close");
            assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        }
        while (proxy.server.untaken() > 0) {
            String seen = proxy.server.next().rest();
            assertThat(seen).doesNotContain("smuggled").doesNotEndWith("0\r\n\r\n");
        }
    }
}
