package io.benchtop.service.table.arrow;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.ReadableFile;
import io.benchtop.service.table.Rows;
import io.benchtop.service.table.TableFormat;
import io.benchtop.service.table.TextValues;
import io.benchtop.service.table.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.jspecify.annotations.Nullable;

/**
 * Arrow's file format, which others call Feather. One record batch is in memory at a time, outside the heap, and no more than
 * {@link #MOST_BYTES} of it; compressed ones are refused, because a small file may be a large batch.
 *
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format">Arrow: IPC File Format</a>
 */
public final class ArrowFormat implements TableFormat {

    private static final long MOST_BYTES = 256L << 20;

    @Override
    public List<Column> columns(ReadableFile file) throws IOException {
        try (Opened opened = new Opened(file)) {
            return opened.columns();
        }
    }

    @Override
    public Rows open(ReadableFile file, List<Column> columns) throws IOException {
        Opened opened = new Opened(file);
        try {
            return new ArrowRows(opened, columns);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static final class Opened implements AutoCloseable {

        private final ReadableFile file;
        private final BufferAllocator memory = new RootAllocator(MOST_BYTES);
        private final ArrowFileReader reader;

        Opened(ReadableFile file) {
            this.file = file;
            this.reader = new ArrowFileReader(new Bytes(file), memory);
        }

        List<Column> columns() throws IOException {
            return root().getSchema().getFields().stream()
                    .map(ArrowColumn::column)
                    .toList();
        }

        VectorSchemaRoot root() throws IOException {
            try {
                return reader.getVectorSchemaRoot();
            } catch (IOException | ProblemException e) {
                throw e;
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
        }

        boolean nextBatch() throws IOException {
            try {
                return reader.loadNextBatch();
            } catch (ProblemException e) {
                // Nothing is wrong with the file: where it comes from fails.
                throw e;
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
        }

        private ProblemException unreadable(RuntimeException e) {
            return UnreadableFile.of(file.name(), "cannot be read as an Arrow file: " + e.getMessage());
        }

        @Override
        public void close() throws IOException {
            reader.close();
            memory.close();
        }
    }

    private static final class ArrowRows implements Rows {

        private final Opened opened;
        private final List<Column> columns;
        private final VectorSchemaRoot root;
        private final @Nullable FieldVector[] vectors;
        private final ColumnType[] types;
        private int at = -1;

        ArrowRows(Opened opened, List<Column> columns) throws IOException {
            this.opened = opened;
            this.columns = List.copyOf(columns);
            this.root = opened.root();
            this.vectors = new FieldVector[columns.size()];
            this.types = new ColumnType[columns.size()];
            for (int index = 0; index < vectors.length; index++) {
                FieldVector vector = root.getVector(columns.get(index).name());
                vectors[index] = vector;
                types[index] = vector == null
                        ? columns.get(index).type()
                        : ArrowColumn.column(vector.getField()).type();
            }
        }

        @Override
        public List<Column> columns() {
            return columns;
        }

        @Override
        public boolean next() throws IOException {
            at++;
            while (at >= root.getRowCount() || at < 0) {
                if (!opened.nextBatch()) {
                    return false;
                }
                at = 0;
            }
            return true;
        }

        @Override
        public @Nullable Object value(int column) {
            FieldVector vector = vectors[column];
            if (vector == null) {
                return null;
            }
            Object value = ArrowColumn.value(vector, at, types[column]);
            ColumnType wanted = columns.get(column).type();
            return types[column] == wanted ? value : TextValues.widened(value, wanted);
        }

        @Override
        public void close() throws IOException {
            opened.close();
        }
    }

    private static final class Bytes implements SeekableByteChannel {

        private final ReadableFile file;
        private long position;
        private boolean open = true;

        Bytes(ReadableFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int wanted = (int) Math.min(target.remaining(), file.size() - position);
            if (wanted <= 0) {
                return -1;
            }
            try (InputStream bytes = file.read(position, wanted)) {
                byte[] read = bytes.readNBytes(wanted);
                target.put(read);
                position += read.length;
                return read.length;
            }
        }

        @Override
        public int write(ByteBuffer source) {
            throw new NonWritableChannelException();
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = newPosition;
            return this;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new NonWritableChannelException();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
