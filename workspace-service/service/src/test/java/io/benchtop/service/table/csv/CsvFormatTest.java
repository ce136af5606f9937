package io.benchtop.service.table.csv;

import static io.benchtop.service.table.TestingFile.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.TestingFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFormatTest {

    private final CsvFormat format = new CsvFormat();

    @Test
    void findsOutTheTypesFromAllLines() throws IOException {
        // Given
        TestingFile file = TestingFile.of(
                "a.csv",
                "\uFEFFid;zip;yes;day;at;real;note\n1;01067;true;2026-01-01;2026-01-01T10:00:00Z;1;\n"
                        + "2;;FALSE;;2026-01-01 10:00+02:00;2.5;\"x;\"\"y\"\"\n\"\n");

        // When
        List<Column> columns = format.columns(file);

        // Then
        assertThat(columns)
                .containsExactly(
                        new Column("id", ColumnType.INT64),
                        new Column("zip", ColumnType.TEXT),
                        new Column("yes", ColumnType.BOOLEAN),
                        new Column("day", ColumnType.DATE),
                        new Column("at", ColumnType.INSTANT),
                        new Column("real", ColumnType.FLOAT64),
                        new Column("note", ColumnType.TEXT));
        assertThat(all(format.open(file, columns)))
                .containsExactly(
                        Arrays.asList(
                                1L,
                                "01067",
                                true,
                                LocalDate.of(2026, 1, 1),
                                Instant.parse("2026-01-01T10:00:00Z"),
                                1.0,
                                null),
                        Arrays.asList(2L, null, false, null, Instant.parse("2026-01-01T08:00:00Z"), 2.5, "x;\"y\"\n"));
    }

    @Test
    void givesOnlyTheColumnsThatAreAskedForAndNothingForOneThatTheFileLacks() throws IOException {
        // Given
        TestingFile file = TestingFile.of("a.csv", "a,b\n1,2\n");

        // When
        var rows = format.open(file, List.of(new Column("c", ColumnType.TEXT), new Column("b", ColumnType.FLOAT64)));

        // Then
        assertThat(all(rows)).containsExactly(Arrays.asList(null, 2.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "a,a|two columns of one name",
                "a,,b|no name for column 2",
                "a,b/1,2/3|Record 3 has 1 fields",
                "a,b/1,\"2|cannot be read as CSV",
            })
    void saysWhichFileAndWhereItCannotBeRead(String lines, String said) {
        TestingFile file = TestingFile.of("orders.csv", lines.replace('/', '\n'));
        assertThatThrownBy(() -> format.columns(file))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("\"orders.csv\"")
                .hasMessageContaining(said);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        TestingFile file = new TestingFile("a.csv", "a,b\n1,ü\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> format.columns(file)).hasMessageContaining("not in UTF-8");
    }
}
