package io.benchtop.proxy.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldBytesTest {

    @Test
    void whatDoesNotFitIsNotTakenAndTakesNoRoom() {
        // Given
        HeldBytes memory = new HeldBytes(10);

        // When
        boolean first = memory.take(6);
        boolean tooMuch = memory.take(5);
        boolean rest = memory.take(4);

        // Then
        assertThat(first).isTrue();
        assertThat(tooMuch).isFalse();
        assertThat(rest).isTrue();

        // When
        memory.give(6);

        // Then
        assertThat(memory.take(6)).isTrue();
    }

    @Test
    void oneMessageOfTheLargestSizeAlwaysFits() {
        // Given
        long largest = Runtime.getRuntime().maxMemory();

        // Then
        assertThat(HeldBytes.ofHeap(largest).take(largest)).isTrue();
    }
}
