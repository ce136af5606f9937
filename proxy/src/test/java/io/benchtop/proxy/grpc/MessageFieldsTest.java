package io.benchtop.proxy.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageFieldsTest {

    @ParameterizedTest
    @CsvSource({
        "0a0469726973, 1, iris",
        "0a04697269731205312e302e30, 2, 1.0.0",
        "1205312e302e300a0469726973, 1, iris",
        "08963219010203040506070825010203040a0469726973, 1, iris",
        "0a04726f73650a0469726973, 1, iris",
        "'', 1, ''",
        "0a05697269, 1, ''",
        "0affffffffffffffffff01, 1, ''",
        "0b, 1, ''"
    })
    void aFieldIsFoundWhereverItStands(String message, int field, String expected) {
        assertThat(MessageFields.text(HexFormat.of().parseHex(message), field)).isEqualTo(expected);
    }

    @Test
    void noBytesAreTooBrokenToBeRead() {
        // Given
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] message = new byte[random.nextInt(40)];
            random.nextBytes(message);
            byte[] before = Arrays.copyOf(message, message.length);

            // When
            MessageFields.text(message, 1);

            // Then
            assertThat(message).isEqualTo(before);
        }
    }
}
