package io.benchtop.service.dataset;

import io.benchtop.service.dataset.TableFiles.PlacedFile;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.Rows;
import io.benchtop.service.table.TableFormat;
import io.benchtop.service.table.TextValues;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The rows of files, one file after another; only one is open at a time. The values of a file's partitions are the same in each. */
final class FileRows implements Rows {

    private final TableFormat format;
    private final Queue<PlacedFile> rest;
    private final List<Column> columns;
    private final int[] places;
    private final @Nullable Object[] ofPartition;
    private @Nullable Rows open;

    FileRows(TableFormat format, List<PlacedFile> files, List<Column> columns) {
        this.format = format;
        this.rest = new ArrayDeque<>(files);
        this.columns = List.copyOf(columns);
        this.places = new int[columns.size()];
        this.ofPartition = new Object[columns.size()];
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (open != null && open.next()) {
                return true;
            }
            close();
            PlacedFile file = rest.poll();
            if (file == null) {
                return false;
            }
            open = open(file);
        }
    }

    private Rows open(PlacedFile file) throws IOException {
        Map<String, String> partition = file.path().partition();
        List<Column> own = columns.stream()
                .filter(column -> !partition.containsKey(column.name()))
                .toList();
        for (int at = 0; at < places.length; at++) {
            Column column = columns.get(at);
            places[at] = own.indexOf(column);
            ofPartition[at] =
                    places[at] < 0 ? TextValues.parse(partition.getOrDefault(column.name(), ""), column.type()) : null;
        }
        return format.open(file.content(), own);
    }

    @Override
    public @Nullable Object value(int column) {
        return places[column] < 0 || open == null ? ofPartition[column] : open.value(places[column]);
    }

    @Override
    public void close() throws IOException {
        Rows closing = open;
        open = null;
        if (closing != null) {
            closing.close();
        }
    }
}
