package io.benchtop.modelserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelVersionNumberTest {

    @Test
    void numbersAreOrderedByValue() {
        assertThat(Stream.of("0.0.10", "1", "0.0.9", "0.1.0", "beta").sorted(ModelVersionNumber.ORDER))
                .containsExactly("0.0.9", "0.0.10", "0.1.0", "1", "beta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/b", "", "a..b", ".a", "con", "NUL.txt", "a b", "a\u0000", "é"})
    void whatCouldBeAPathIsNoName(String name) {
        assertThat(ModelVersionNumber.isPlain(name)).isFalse();
    }
}
