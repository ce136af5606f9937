package io.benchtop.sdk.data;

import io.benchtop.sdk.error.BenchtopException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows as one Arrow IPC file, batch by batch. One thread at a time. */
public final class RowFile implements AutoCloseable {

    private static final int BATCH_ROWS = 65_536;

    private final BufferAllocator memory = new RootAllocator();
    private final VectorSchemaRoot batch;
    private final ArrowFileWriter writer;

    /** Begins a file of this schema. */
    public RowFile(Schema schema, WritableByteChannel channel) {
        batch = VectorSchemaRoot.create(schema, memory);
        writer = new ArrowFileWriter(batch, null, channel);
        attempt(writer::start);
    }

    /** Writes a copy of a batch; the batch stays the caller's. */
    public void write(VectorSchemaRoot rows) {
        if (!rows.getSchema().equals(batch.getSchema())) {
            throw new BenchtopException(
                    "columns_differ",
                    "These rows have other columns than the first ones written: " + rows.getSchema() + " instead of "
                            + batch.getSchema());
        }
        try (var copied = new VectorUnloader(rows).getRecordBatch()) {
            new VectorLoader(batch).load(copied);
        }
        attempt(writer::writeBatch);
    }

    /** Writes records; each is asked for as it is needed. */
    public void write(Iterable<? extends Record> rows, RecordColumns columns) {
        int row = 0;
        batch.allocateNew();
        for (var record : rows) {
            columns.set(batch, row++, record);
            if (row == BATCH_ROWS) {
                end(row);
                batch.allocateNew();
                row = 0;
            }
        }
        if (row > 0) {
            end(row);
        }
    }

    private void end(int rows) {
        batch.setRowCount(rows);
        attempt(writer::writeBatch);
    }

    /** Writes the end of the file. */
    public void finish() {
        attempt(writer::end);
    }

    /** Gives its memory back; sends nothing. */
    @Override
    public void close() {
        batch.close();
        memory.close();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write rows", e);
        }
    }
}
