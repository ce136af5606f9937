package io.benchtop.service.table.parquet;

import static io.benchtop.service.table.TestingFile.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.SampleValues;
import io.benchtop.service.table.TestingFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFormatTest {

    private final ParquetFormat format = new ParquetFormat();

    @ParameterizedTest
    @ValueSource(strings = {"values", "values-zstd"})
    void readsWhatPyarrowWrote(String name) throws IOException {
        // Given
        TestingFile file = TestingFile.resource("/ParquetFormatTest/" + name + ".parquet");

        // When
        List<Column> columns = format.columns(file);
        List<List<@Nullable Object>> rows = all(format.open(file, columns));

        // Then
        assertThat(columns).isEqualTo(SampleValues.COLUMNS);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).subList(0, 10)).usingRecursiveComparison().isEqualTo(SampleValues.first());
        assertThat(rows.get(1).subList(0, 10)).usingRecursiveComparison().isEqualTo(SampleValues.second());
        assertThat(rows.get(2)).element(2).isEqualTo(Double.NaN);
    }

    @Test
    void readsSomeColumnsInTheOrderAskedForAndAsWiderTypes() throws IOException {
        // Given
        TestingFile file = TestingFile.resource("/ParquetFormatTest/values.parquet");

        // When
        var rows = format.open(
                file,
                List.of(
                        new Column("text", ColumnType.TEXT),
                        new Column("missing", ColumnType.DATE),
                        new Column("whole", ColumnType.FLOAT64),
                        new Column("day", ColumnType.TEXT)));

        // Then
        assertThat(all(rows)).first().isEqualTo(Arrays.asList("a", null, 1.0, "2026-01-31"));
    }

    @Test
    void countsRowsWithoutAnyColumn() throws IOException {
        TestingFile file = TestingFile.resource("/ParquetFormatTest/values.parquet");
        assertThat(all(format.open(file, List.of()))).hasSize(3);
    }

    @Test
    void refusesWhatIsBroken() {
        byte[] whole = TestingFile.resource("/ParquetFormatTest/values.parquet").content();
        TestingFile half = new TestingFile("half.parquet", Arrays.copyOf(whole, whole.length / 2));
        TestingFile garbage = TestingFile.of("text.parquet", "no Parquet at all");

        assertThatThrownBy(() -> format.columns(half))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"half.parquet\" cannot be read as Parquet");
        assertThatThrownBy(() -> format.columns(garbage))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"text.parquet\"");
    }

    @Test
    void refusesPagesOfGarbage() {
        // Given
        byte[] content = TestingFile.resource("/ParquetFormatTest/values.parquet")
                .content()
                .clone();
        Arrays.fill(content, 4, content.length / 3, (byte) 0x5a);
        TestingFile file = new TestingFile("pages.parquet", content);

        // Then
        assertThatThrownBy(() -> all(format.open(file, format.columns(file))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"pages.parquet\"");
    }
}
