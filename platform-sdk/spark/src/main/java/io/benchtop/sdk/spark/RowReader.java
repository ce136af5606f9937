package io.benchtop.sdk.spark;

import io.benchtop.sdk.error.BenchtopException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Reads an Arrow stream as Spark's columns, without a copy but of times; one batch is in memory. One thread at a time. */
final class RowReader implements PartitionReader<ColumnarBatch> {

    private final ArrowReader stream;
    private final VectorSchemaRoot rows;
    private final List<TimeTexts> times = new ArrayList<>();
    private final ColumnarBatch batch;

    private RowReader(ArrowReader stream, RowPartition partition) throws IOException {
        this.stream = stream;
        this.rows = stream.getVectorSchemaRoot();
        this.batch = new ColumnarBatch(columns(partition));
    }

    /** @throws BenchtopException as the service refuses, or {@code column_type_differs} */
    static RowReader open(RowPartition partition) throws IOException {
        var stream = partition.open();
        try {
            return new RowReader(stream, partition);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private ColumnVector[] columns(RowPartition partition) {
        var fields = partition.columns().fields();
        var columns = new ColumnVector[fields.length];
        for (int at = 0; at < fields.length; at++) {
            columns[at] = column(rows.getVector(at));
            check(fields[at], columns[at], rows.getVector(at), partition);
        }
        return columns;
    }

    private ColumnVector column(FieldVector vector) {
        if (vector instanceof TimeMicroVector values) {
            var texts = new TimeTexts(values);
            times.add(texts);
            return new ArrowColumnVector(texts.vector());
        }
        return new ArrowColumnVector(vector);
    }

    private static void check(StructField field, ColumnVector column, FieldVector vector, RowPartition partition) {
        if (!column.dataType().equals(field.dataType()) || !vector.getName().equals(field.name())) {
            throw new BenchtopException(
                    "column_type_differs",
                    "Column '" + field.name() + "' of " + partition.dataset() + " came as " + vector.getField()
                            + ", and " + field.dataType().sql() + " was expected. Load the dataset anew.");
        }
    }

    @Override
    public boolean next() throws IOException {
        do {
            if (!stream.loadNextBatch()) {
                return false;
            }
        } while (rows.getRowCount() == 0);
        times.forEach(texts -> texts.fill(rows.getRowCount()));
        batch.setNumRows(rows.getRowCount());
        return true;
    }

    @Override
    public ColumnarBatch get() {
        return batch;
    }

    @Override
    public void close() throws IOException {
        times.forEach(TimeTexts::close);
        stream.close();
    }
}
