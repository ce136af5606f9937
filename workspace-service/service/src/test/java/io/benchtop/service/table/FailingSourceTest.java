package io.benchtop.service.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.arrow.ArrowFormat;
import io.benchtop.service.table.csv.CsvFormat;
import io.benchtop.service.table.json.JsonLinesFormat;
import io.benchtop.service.table.parquet.ParquetFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong where a file comes from is told as that, and never as a file that is broken. */
class FailingSourceTest {

    private static final ProblemException AWAY =
            ProblemException.of(ErrorCode.SOURCE_AWAY, "The lake does not answer.");
    private static final IOException BROKEN = new IOException("the disk is broken");

    static Stream<Arguments> cases() {
        return Stream.of(
                        Arguments.of(new CsvFormat(), TestingFile.of("orders.csv", "id\n1\n")),
                        Arguments.of(new JsonLinesFormat(), TestingFile.of("orders.jsonl", "{\"id\": 1}\n")),
                        Arguments.of(new ParquetFormat(), TestingFile.resource("/ParquetFormatTest/values.parquet")),
                        Arguments.of(new ArrowFormat(), TestingFile.resource("/ArrowFormatTest/values.arrow")))
                .flatMap(format -> Stream.of(AWAY, BROKEN)
                        .map(failure -> Arguments.of(format.get()[0], format.get()[1], failure)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSourceThatFailsInTheMiddleIsToldAsThat(TableFormat format, TestingFile whole, Exception failure)
            throws IOException {
        // Given
        List<Column> columns = format.columns(whole);

        // Then
        assertThatThrownBy(() -> TestingFile.all(format.open(new Failing(whole, failure), columns)))
                .isSameAs(failure);
    }

    /** A file of which the first half can be read. */
    private record Failing(TestingFile file, Exception failure) implements ReadableFile {

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public InputStream read(long offset, long length) {
            long most = Math.max(0, file.size() / 2 - offset);
            InputStream content = file.read(offset, Math.min(length, most));
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    int next = content.read();
                    if (next >= 0) {
                        return next;
                    }
                    switch (failure) {
                        case IOException broken -> throw broken;
                        case RuntimeException away -> throw away;
                        default -> throw new AssertionError(failure);
                    }
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (length == 0) {
                        return 0;
                    }
                    target[offset] = (byte) read();
                    return 1;
                }
            };
        }
    }
}
