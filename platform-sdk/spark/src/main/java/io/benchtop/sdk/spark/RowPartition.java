package io.benchtop.sdk.spark;

import io.benchtop.api.dataset.OpenRequest;
import io.benchtop.sdk.data.Reading;
import java.util.List;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.types.StructType;

/**
 * What a task reads; travels to it. The task itself opens the dataset, since a plan's stream is read once and a task may be tried
 * again.
 *
 * @param where empty for all rows
 */
record RowPartition(Connection connection, String dataset, long version, StructType columns, String where)
        implements InputPartition {

    ArrowReader open() {
        var asked = new OpenRequest(version, List.of(columns.fieldNames()), where.isEmpty() ? null : where, null);
        return Reading.open(connection.rest(), dataset, asked).rows();
    }
}
