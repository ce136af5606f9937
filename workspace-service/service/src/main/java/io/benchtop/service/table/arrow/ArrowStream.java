package io.benchtop.service.table.arrow;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.table.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows as Arrow's stream of record batches, made while it is read: no more than one batch is in memory, and nothing is read from
 * the source that nobody takes. Closing it closes the rows, in the middle too.
 *
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format">Arrow: IPC Streaming Format</a>
 */
public final class ArrowStream extends InputStream {

    private static final int ROWS = 16_384;
    private static final long BATCH_BYTES = 8L << 20;
    private static final long MOST_BYTES = 256L << 20;

    private final Rows rows;
    private final BufferAllocator memory = new RootAllocator(MOST_BYTES);
    private final VectorSchemaRoot batch;
    private final FieldVector[] vectors;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final ArrowStreamWriter writer;
    private ByteArrayInputStream ready = new ByteArrayInputStream(new byte[0]);
    private boolean begun;
    private boolean over;
    private boolean closed;

    /** @param rows are closed with this stream */
    public ArrowStream(Rows rows) {
        this.rows = requireNonNull(rows, "rows is null");
        Schema schema =
                new Schema(rows.columns().stream().map(ArrowColumn::field).toList());
        this.batch = VectorSchemaRoot.create(schema, memory);
        this.vectors = batch.getFieldVectors().toArray(FieldVector[]::new);
        this.writer = new ArrowStreamWriter(batch, null, Channels.newChannel(made));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (ready.available() == 0 && !over) {
            make();
        }
        return ready.read(target, offset, length);
    }

    private void make() throws IOException {
        made.reset();
        if (!begun) {
            begun = true;
            writer.start();
        } else if (fill()) {
            writer.writeBatch();
        } else {
            over = true;
            writer.end();
        }
        ready = new ByteArrayInputStream(made.toByteArray());
    }

    /** False if there is no row any more. */
    private boolean fill() throws IOException {
        for (FieldVector vector : vectors) {
            vector.reset();
        }
        int count = 0;
        while (count < ROWS && !large(count) && rows.next()) {
            for (int column = 0; column < vectors.length; column++) {
                Object value = rows.value(column);
                if (value != null) {
                    ArrowColumn.set(vectors[column], count, value);
                }
            }
            count++;
        }
        batch.setRowCount(count);
        return count > 0;
    }

    /** Long texts make large batches; asked now and then, because it is dear. */
    private boolean large(int count) {
        return count > 0 && count % 256 == 0 && memory.getAllocatedMemory() > BATCH_BYTES;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        over = true;
        try (memory;
                batch;
                rows) {
            ready = new ByteArrayInputStream(new byte[0]);
        }
    }
}
