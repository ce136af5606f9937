package io.benchtop.modelserver.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.benchtop.modelserver.protocol.InferenceException;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorDraftTest {

    /** Text that could hold what a tensor promises, but belongs to none. */
    private static final String ROOM = " ".repeat(1_000_000);

    /** One that takes its promise back, and one that makes it when its data is there, must not keep the memory either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"shape\":[500000],\"datatype\":\"FP64\",\"data\":[]",
                "\"shape\":[500000],\"datatype\":\"FP64\",\"data\":[],\"shape\":[0]",
                "\"datatype\":\"FP64\",\"data\":[],\"shape\":[500000]",
                "\"data\":[],\"datatype\":\"FP64\",\"shape\":[500000]"
            })
    void tensorsThatPromiseMuchAndHoldNothingReserveLittle(String members) throws Exception {
        // Given
        String tensors = IntStream.range(0, 250)
                .mapToObj(i -> "{\"name\":\"x" + i + "\"," + members + "}")
                .collect(Collectors.joining(","));
        byte[] text = ("{\"inputs\":[" + tensors + "]" + ROOM + "}").getBytes(StandardCharsets.UTF_8);
        JsonFactory json = new JsonFactory();
        long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();

        try (MessageDraft draft = new MessageDraft("input");
                JsonParser parser = json.createParser(text)) {
            parser.nextToken();

            // When
            assertThatThrownBy(() -> {
                        new MessageMembers(json, text, parser, draft, "inputs").read();
                        draft.tensors();
                    })
                    .isInstanceOf(InferenceException.class)
                    .hasMessage("input 'x0': shape [500000] needs 500000 elements, got 0");

            // Then
            assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - before)
                    .isLessThan(5L * text.length);
        }
    }
}
