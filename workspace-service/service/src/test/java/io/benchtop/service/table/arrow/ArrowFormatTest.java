package io.benchtop.service.table.arrow;

import static io.benchtop.service.table.TestingFile.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.SampleValues;
import io.benchtop.service.table.TestingFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrowFormatTest {

    private final ArrowFormat format = new ArrowFormat();

    @Test
    void readsWhatPyarrowWrote() throws IOException {
        // Given
        TestingFile file = TestingFile.resource("/ArrowFormatTest/values.arrow");

        // When
        List<Column> columns = format.columns(file);
        List<List<@Nullable Object>> rows = all(format.open(file, columns));

        // Then
        assertThat(columns).isEqualTo(SampleValues.COLUMNS);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).subList(0, 10)).usingRecursiveComparison().isEqualTo(SampleValues.first());
        assertThat(rows.get(1).subList(0, 10)).usingRecursiveComparison().isEqualTo(SampleValues.second());
    }

    @Test
    void refusesWhatIsBrokenOrCompressed() {
        byte[] whole = TestingFile.resource("/ArrowFormatTest/values.arrow").content();
        for (TestingFile file : List.of(
                new TestingFile("half.arrow", Arrays.copyOf(whole, whole.length / 2)),
                TestingFile.of("text.arrow", "no Arrow at all, but long enough to be one"),
                new TestingFile(
                        "compressed.arrow",
                        TestingFile.resource("/ArrowFormatTest/compressed.arrow")
                                .content()))) {
            assertThatThrownBy(() -> all(format.open(file, format.columns(file))))
                    .as(file.name())
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("\"" + file.name() + "\"");
        }
    }

    @Test
    void writesAStreamOfTheSameValues() throws IOException {
        // Given
        TestingFile file = TestingFile.resource("/ArrowFormatTest/values.arrow");
        List<Column> columns = SampleValues.COLUMNS.subList(0, 10);

        // When
        try (ArrowStream stream = new ArrowStream(format.open(file, columns));
                RootAllocator memory = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(stream, memory)) {
            boolean read = reader.loadNextBatch();

            // Then
            assertThat(read).isTrue();
            assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(3);
            for (int at = 0; at < columns.size(); at++) {
                assertThat(ArrowColumn.value(
                                reader.getVectorSchemaRoot().getVector(at),
                                0,
                                columns.get(at).type()))
                        .as(columns.get(at).name())
                        .usingRecursiveComparison()
                        .isEqualTo(SampleValues.first().get(at));
                assertThat(reader.getVectorSchemaRoot().getVector(at).isNull(1))
                        .isEqualTo(SampleValues.second().get(at) == null);
            }
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }
}
