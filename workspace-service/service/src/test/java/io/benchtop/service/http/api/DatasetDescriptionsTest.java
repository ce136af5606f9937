package io.benchtop.service.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.dataset.Column;
import io.benchtop.service.table.ColumnType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetDescriptionsTest {

    @Test
    void tellsOfDecimalsAndTimestampsWhatAReaderMustKnowBeforeTheRows() {
        // Given
        var columns = List.of(
                new io.benchtop.service.table.Column("price", ColumnType.DECIMAL, true, 2),
                new io.benchtop.service.table.Column("at", ColumnType.INSTANT),
                new io.benchtop.service.table.Column("local", ColumnType.TIMESTAMP),
                new io.benchtop.service.table.Column("qty", ColumnType.INT64, false, 0));

        // Then
        assertThat(DatasetDescriptions.columns(columns))
                .containsExactly(
                        new Column("price", "decimal", true, 2, null),
                        new Column("at", "timestamp", true, null, true),
                        new Column("local", "timestamp", true, null, false),
                        new Column("qty", "int64", false, null, null));
    }
}
