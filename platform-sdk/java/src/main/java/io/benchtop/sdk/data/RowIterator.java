package io.benchtop.sdk.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Goes through an Arrow stream row by row, with one batch in memory; closes it at its end. */
public final class RowIterator implements Spliterator<@Nullable Object[]> {

    private final ArrowReader reader;
    private final VectorSchemaRoot batch;
    private final List<FieldVector> vectors;
    private int next;
    private boolean ended;

    private RowIterator(ArrowReader reader) throws IOException {
        this.reader = reader;
        this.batch = reader.getVectorSchemaRoot();
        this.vectors = batch.getFieldVectors();
    }

    /**
     * All rows, made into what the caller wants. Closing the stream, or reaching its end, closes the reader.
     *
     * @param maker gets the columns first, then the values of each row in their order
     */
    public static <T> Stream<T> stream(
            ArrowReader reader, Function<List<Field>, Function<@Nullable Object[], T>> maker) {
        try {
            var rows = new RowIterator(reader);
            var make = maker.apply(rows.batch.getSchema().getFields());
            return StreamSupport.stream(rows, false).map(make).onClose(rows::close);
        } catch (IOException e) {
            close(reader);
            throw new UncheckedIOException("cannot read rows", e);
        } catch (RuntimeException e) {
            close(reader);
            throw e;
        }
    }

    /** Where each column is among the values of a row. */
    public static Map<String, Integer> places(List<Field> columns) {
        var places = new LinkedHashMap<String, Integer>();
        for (var column : columns) {
            places.put(column.getName(), places.size());
        }
        return places;
    }

    @Override
    public boolean tryAdvance(Consumer<? super @Nullable Object[]> action) {
        if (ended) {
            return false;
        }
        try {
            while (next == batch.getRowCount()) {
                next = 0;
                if (!reader.loadNextBatch()) {
                    ended = true;
                    close();
                    return false;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read rows", e);
        }
        var values = new @Nullable Object[vectors.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = Values.at(vectors.get(column), next);
        }
        next++;
        action.accept(values);
        return true;
    }

    @Override
    public @Nullable Spliterator<@Nullable Object[]> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return Spliterator.ORDERED | Spliterator.NONNULL;
    }

    private void close() {
        close(reader);
    }

    private static void close(ArrowReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the read", e);
        }
    }
}
