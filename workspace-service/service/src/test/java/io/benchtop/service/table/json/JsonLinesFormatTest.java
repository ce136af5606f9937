package io.benchtop.service.table.json;

import static io.benchtop.service.table.TestingFile.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.TestingFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesFormatTest {

    private final JsonLinesFormat format = new JsonLinesFormat();

    @Test
    void takesTheNamesOfAllLinesAndKeepsWhatIsNestedAsJson() throws IOException {
        // Given
        TestingFile file = TestingFile.of(
                "a.jsonl", "{\"a\":1,\"b\":{\"c\":[1]},\"n\":\"17\"}\n\n{\"a\":1.5,\"d\":true,\"b\":null}\n");

        // When
        List<Column> columns = format.columns(file);

        // Then
        assertThat(columns)
                .containsExactly(
                        new Column("a", ColumnType.FLOAT64),
                        new Column("b", ColumnType.TEXT),
                        new Column("n", ColumnType.TEXT),
                        new Column("d", ColumnType.BOOLEAN));
        assertThat(all(format.open(file, columns)))
                .containsExactly(Arrays.asList(1.0, "{\"c\":[1]}", "17", null), Arrays.asList(1.5, null, null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}\n[1]", "{}\n{\"a\":", "{}\n17"})
    void saysInWhichLineThereIsNoObject(String text) {
        assertThatThrownBy(() -> format.columns(TestingFile.of("a.jsonl", text)))
                .hasMessageContaining("\"a.jsonl\"")
                .hasMessageContaining("line 2");
    }

    @Test
    void survivesDeepNesting() {
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> format.columns(TestingFile.of("a.jsonl", "{\"a\":" + deep)))
                .hasMessageContaining("no JSON in line 1");
    }
}
