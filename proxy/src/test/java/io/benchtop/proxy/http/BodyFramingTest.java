package io.benchtop.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BodyFramingTest {

    private final BodyFraming body = new BodyFraming();

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }

    @Test
    void aBodyOfNoLengthIsDoneAtOnce() throws BadMessageException {
        // When
        body.length(0);

        // Then
        assertThat(body.isDone()).isTrue();
        assertThat(body.take(bytes("next"))).isZero();
    }

    @Test
    void aLengthIsCountedOverPieces() throws BadMessageException {
        // Given
        body.length(5);

        // When / Then
        assertThat(body.take(bytes("abc"))).isEqualTo(3);
        assertThat(body.isDone()).isFalse();
        assertThat(body.take(bytes("deGET /"))).isEqualTo(2);
        assertThat(body.isDone()).isTrue();
    }

    @Test
    void chunksEndWhereTheyEndHoweverTheyAreSplit() throws BadMessageException {
        // Given
        String chunked = "4\r\nabcd\r\n0a\r\n0123456789\r\n0\r\nX-T: v\r\n\r\n";
        for (int split = 1; split < chunked.length(); split++) {
            body.chunked();

            // When
            int first = body.take(bytes(chunked.substring(0, split)));
            int second = body.take(bytes(chunked.substring(split) + "GET /next"));

            // Then
            assertThat(first + second).isEqualTo(chunked.length());
            assertThat(body.isDone()).isTrue();
        }
    }

    @Test
    void aBodyWithoutAnEndTakesEverything() throws BadMessageException {
        // When
        body.untilClose();

        // Then
        assertThat(body.take(bytes("anything"))).isEqualTo(8);
        assertThat(body.endsByClose()).isTrue();
        assertThat(body.isDone()).isFalse();
    }

    @Test
    void aTrailerMayNotCarryAFieldThatMeansSomething() {
        for (String name : new String[] {"Content-Length", "cookie", "X_Forwarded_For", "Transfer-Encoding", "Host"}) {
            // Given
            body.chunked();

            // When / Then
            assertThatThrownBy(() -> body.take(bytes("0\r\n" + name + ": 1\r\n\r\n")))
                    .isInstanceOf(BadMessageException.class);
        }
    }

    @Test
    void anEndlessTrailerIsCutOff() {
        // Given
        body.chunked();

        // When / Then
        assertThatThrownBy(() -> body.take(bytes("0\r\n" + "X-T: v\r\n".repeat(2000))))
                .isInstanceOf(BadMessageException.class)
                .hasMessageContaining("too large");
    }
}
