package io.benchtop.service.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.csv.CsvFormat;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFilterTest {

    private static final TestingFile FILE = TestingFile.of(
            "a.csv",
            "n,x,name,day,ok,the name\n1,0.5,it's,2026-01-01,true,a\n2,1.5,100%,2026-01-02,false,b\n3,,ab_c,,,c\n");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|123",
                "n > 1|23",
                "n >= 1.5 and n != 3|2",
                "n = 2.0|2",
                "x < 1e0|1",
                "x is null|3",
                "x is not null AND ok = true|1",
                "name = 'it''s'|1",
                "name like '%b__'|3",
                "name like '100%'|2",
                "name in ('it''s', 'ab_c')|13",
                "n in (1, 3)|13",
                "day >= '2026-01-02'|2",
                "\"the name\" <> 'b'|13",
                "ok == false|2",
            })
    void letsPassWhatItSays(String filter, String numbers) throws IOException {
        assertThat(passing(filter == null ? "" : filter)).isEqualTo(numbers);
    }

    private static String passing(String filter) throws IOException {
        CsvFormat format = new CsvFormat();
        List<Column> columns = format.columns(FILE);
        StringBuilder passing = new StringBuilder();
        try (Rows rows = RowFilter.parse(filter, columns).filtered(format.open(FILE, columns))) {
            while (rows.next()) {
                passing.append(rows.value(0));
            }
        }
        return passing.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nope = 1|character 1: there is no column \"nope\"",
                "n > 'a'|character 5: \"n\" holds values of type int64",
                "name = 5|character 8",
                "day = 'today'|character 7",
                "n >|character 4: a number",
                "n = 1 or n = 2|character 7: \"and\" or the end",
                "n ; 1|character 2: cannot be read",
                "name = 'open|character 7: cannot be read",
                "n = 1; drop table users|character 6",
                "n like 'a'|\"like\" needs",
                "n between 1 and 2|one of = !=",
                "\"\" = 1|cannot be read",
            })
    void saysWhereItIsNotUnderstood(String filter, String said) {
        assertThatThrownBy(() -> passing(filter))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILTER))
                .hasMessageContaining(said);
    }

    @Test
    void looksAtOnlyTheColumnsThatItNames() throws IOException {
        RowFilter filter = RowFilter.parse("n > 1 and n < 3 and ok = true", new CsvFormat().columns(FILE));
        assertThat(filter.columns()).extracting(Column::name).containsExactly("n", "ok");
    }
}
