package io.benchtop.modelserver.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {

    private static InferenceRequest read(String json) {
        return MessageReader.request(Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8)), -1);
    }

    private static String one(String datatype, String data) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"" + datatype + "\",\"data\":" + data + "}]}";
    }

    @Test
    void membersComeInAnyOrder() {
        // When
        try (InferenceRequest request =
                read("{\"inputs\":[{\"data\":[[1,2],[3,4]],\"shape\":[2,2],\"name\":\"é\",\"datatype\":\"FP64\"}]}")) {
            // Then
            assertThat(request.inputs().getFirst().data().getDoubleLE(24)).isEqualTo(4);
            assertThat(request.id()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT8|[128]",
                "UINT8|[-1]",
                "INT16|[32768]",
                "UINT16|[65536]",
                "INT32|[2147483648]",
                "UINT32|[4294967296]",
                "INT64|[9223372036854775808]",
                "UINT64|[18446744073709551616]",
                "UINT64|[-1]",
                "INT32|[1.0]",
                "BOOL|[2]",
                "BOOL|[\"true\"]",
                "BYTES|[1]",
                "FP32|[true]",
                "FP16|[1]",
                "INT64|[null]"
            })
    void anElementThatTheTypeCannotHoldIsRefused(String datatype, String data) {
        assertThatThrownBy(() -> read(one(datatype, data))).isInstanceOf(InferenceException.class);
    }

    @Test
    void whatIsNoNumberCanBeSent() {
        try (InferenceRequest request = read(one("FP32", "[NaN]"));
                InferenceRequest missing = read(one("FP32", "[null]"))) {
            assertThat(request.inputs().getFirst().data().getFloatLE(0)).isNaN();
            assertThat(missing.inputs().getFirst().data().getFloatLE(0)).isNaN();
        }
    }

    @Test
    void theLargestUnsignedNumberIsKept() {
        try (InferenceRequest request = read(one("UINT64", "[18446744073709551615]"))) {
            assertThat(request.inputs().getFirst().data().getLongLE(0)).isEqualTo(-1);
        }
    }

    @Test
    void textsOfABinaryTensorMustFitTheirLengths() {
        // Given
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"BYTES\",\"parameters\":"
                + "{\"binary_data_size\":5}}]}";
        byte[] body = (json + "\u0009\0\0\0a").getBytes(StandardCharsets.UTF_8);

        // Then
        assertThatThrownBy(() -> MessageReader.request(Unpooled.wrappedBuffer(body), json.length()))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("does not fit");
    }
}
