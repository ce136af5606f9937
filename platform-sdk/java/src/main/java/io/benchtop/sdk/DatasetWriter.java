package io.benchtop.sdk;

import io.benchtop.api.dataset.Version;
import io.benchtop.sdk.data.RecordColumns;
import io.benchtop.sdk.data.RowFile;
import io.benchtop.sdk.data.UploadChannel;
import io.benchtop.sdk.data.UploadSession;
import io.benchtop.sdk.error.BenchtopException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes one version: all of it, or nothing. What is written is sent while it is made; nobody sees it before {@link #done}, and closing
 * without that throws it away. One thread at a time.
 *
 * <pre>{@code
 * try (var writer = Benchtop.writeDataset("sales/clean", "without returns")) {
 *     writer.rows(orders);
 *     writer.done();
 * }
 * }</pre>
 */
public final class DatasetWriter implements AutoCloseable {

    private static final int PIECE = 1024 * 1024;

    private final UploadSession upload;
    private @Nullable RowFile rows;
    private @Nullable UploadChannel rowBytes;
    private @Nullable RecordColumns columns;
    private boolean over;

    DatasetWriter(UploadSession upload) {
        this.upload = upload;
    }

    /**
     * Writes records, each component to the column of its name; all of one class.
     *
     * @throws BenchtopException {@code no_record} for a component that can be no column, {@code columns_differ},
     *     {@code upload_interrupted}
     */
    public void rows(Iterable<? extends Record> records) {
        var all = records.iterator();
        if (!all.hasNext()) {
            return;
        }
        var first = all.next();
        if (columns == null) {
            columns = RecordColumns.of(first.getClass());
        }
        file(columns.schema()).write(() -> new Rest(first, all), columns);
    }

    /**
     * Writes a batch of Arrow, which stays the caller's.
     *
     * @throws BenchtopException {@code columns_differ} when its schema is not that of the first, {@code upload_interrupted}
     */
    public void write(VectorSchemaRoot batch) {
        file(batch.getSchema()).write(batch);
    }

    private RowFile file(Schema schema) {
        goingOn();
        if (rows == null) {
            rowBytes = new UploadChannel(upload, "part-0.arrow");
            rows = new RowFile(schema, rowBytes);
        }
        return rows;
    }

    /** Writes one file as it is, from a stream, which is read to its end and not closed. */
    public void file(String path, InputStream content) {
        goingOn();
        try (var channel = new UploadChannel(upload, path)) {
            for (var piece = content.readNBytes(PIECE); piece.length > 0; piece = content.readNBytes(PIECE)) {
                channel.write(ByteBuffer.wrap(piece));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what is to be written to " + path, e);
        }
    }

    /** Writes one file as it is. */
    public void file(String path, byte[] content) {
        file(path, new ByteArrayInputStream(content));
    }

    /** Writes one file as it is, from this machine. */
    public void file(String path, Path content) {
        try (var stream = Files.newInputStream(content)) {
            file(path, stream);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + content, e);
        }
    }

    /**
     * Makes the version.
     *
     * @throws BenchtopException {@code empty_upload}, {@code mixed_formats}, {@code unreadable_file}, or
     *     {@code upload_interrupted}
     */
    public Version done() {
        goingOn();
        if (rows != null && rowBytes != null) {
            rows.finish();
            rowBytes.close();
        }
        var version = upload.commit();
        over = true;
        letGo();
        return version;
    }

    /** Throws away what was written, unless it is {@link #done}. */
    @Override
    public void close() {
        letGo();
        if (!over) {
            over = true;
            upload.abort();
        }
    }

    private void letGo() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    private void goingOn() {
        if (over) {
            throw new BenchtopException(
                    "not_writing", "This writer is done or closed; write a new version with another.");
        }
    }

    /** One that was taken already, then the others. */
    private static final class Rest implements Iterator<Record> {

        private @Nullable Record first;
        private final Iterator<? extends Record> others;

        Rest(Record first, Iterator<? extends Record> others) {
            this.first = first;
            this.others = others;
        }

        @Override
        public boolean hasNext() {
            return first != null || others.hasNext();
        }

        @Override
        public Record next() {
            var next = first == null ? others.next() : first;
            first = null;
            return next;
        }
    }
}
