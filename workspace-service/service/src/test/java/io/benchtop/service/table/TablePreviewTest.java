package io.benchtop.service.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.benchtop.service.table.csv.CsvFormat;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TablePreviewTest {

    private static TablePreview preview(String csv) throws IOException {
        CsvFormat format = new CsvFormat();
        TestingFile file = TestingFile.of("a.csv", csv);
        List<Column> columns = format.columns(file);
        try (Rows rows = format.open(file, columns)) {
            return TablePreview.of(rows);
        }
    }

    @Test
    void tellsWhatColumnsHold() throws IOException {
        // Given
        String csv = "n,city\n"
                + IntStream.range(0, 10_000)
                        .mapToObj(i -> (i % 10 == 0 ? "" : i) + "," + (i % 4 == 0 ? "Bonn" : "Ulm" + i % 3))
                        .collect(Collectors.joining("\n"));

        // When
        TablePreview preview = preview(csv);

        // Then
        ColumnProfile numbers = preview.columns().getFirst();
        assertThat(preview.rowCount()).isEqualTo(10_000);
        assertThat(preview.rows()).hasSize(TablePreview.ROWS);
        assertThat(numbers.count()).isEqualTo(10_000);
        assertThat(numbers.nulls()).isEqualTo(1000);
        assertThat(numbers.distinct()).isCloseTo(9000, within(450L));
        assertThat(numbers.min()).isEqualTo(1L);
        assertThat(numbers.max()).isEqualTo(9999L);
        assertThat(numbers.mean()).isCloseTo(5000, within(10.0));
        assertThat(numbers.quantiles().get(2)).isCloseTo(5000, within(250.0));
        assertThat(numbers.histogram().counts().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isCloseTo(9000, within(20L));
        assertThat(preview.columns().get(1).frequent())
                .extracting(ColumnProfile.Frequent::value)
                .containsExactlyInAnyOrder("Bonn", "Ulm0", "Ulm1", "Ulm2");
    }

    @Test
    void describesColumnsWithoutValuesAndNumbersThatAreNone() throws IOException {
        // When
        TablePreview preview = preview("a,b,c\n,NaN,5\n,1.5,5\n");

        // Then
        assertThat(preview.columns().get(0).distinct()).isZero();
        assertThat(preview.columns().get(0).min()).isNull();
        assertThat(preview.columns().get(1).max()).isEqualTo(1.5);
        assertThat(preview.columns().get(2).histogram().counts()).containsExactly(2L);
        assertThat(preview.rows().getFirst()).containsExactly(null, "NaN", 5L);
    }

    @Test
    void cutsLongTextsAndTakesFewerRowsOfThem() throws IOException {
        // When
        TablePreview preview = preview("t\n" + ("x".repeat(100_000) + "\n").repeat(30));

        // Then
        assertThat((String) preview.rows().getFirst().getFirst()).hasSizeLessThan(600);
        assertThat(preview.rowCount()).isEqualTo(30);
    }
}
