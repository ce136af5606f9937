package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.ReadableFile;
import io.benchtop.service.table.RowFilter;
import io.benchtop.service.table.Rows;
import io.benchtop.service.table.SelectedRows;
import io.benchtop.service.table.TableFormat;
import io.benchtop.service.table.TextValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Many files as one table: their columns together, the values of partitions as columns, and their rows one file after another. */
final class TableFiles {

    private final Map<DatasetFormat, TableFormat> formats;

    TableFiles(Map<DatasetFormat, TableFormat> formats) {
        this.formats = Map.copyOf(formats);
    }

    /** A file and where it is in its version. */
    record PlacedFile(FilePath path, ReadableFile content) {}

    /**
     * What all of the files have.
     *
     * @param columns those of partitions are the last
     */
    record Shape(List<Column> columns, List<String> partitions) {}

    Shape shape(DatasetFormat format, List<PlacedFile> files) throws IOException {
        Map<String, Column> columns = new LinkedHashMap<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (PlacedFile file : files) {
            for (Column column : format(format).columns(file.content())) {
                columns.merge(column.name(), column, TableFiles::merged);
                seen.merge(column.name(), 1, Integer::sum);
            }
        }
        // What some files lack is null in their rows.
        columns.replaceAll((name, column) -> requireNonNull(seen.get(name)) < files.size()
                ? new Column(name, column.type(), true, column.scale())
                : column);
        List<Column> partitions = partitions(files);
        for (Column partition : partitions) {
            columns.remove(partition.name());
        }
        List<Column> all = new ArrayList<>(columns.values());
        all.addAll(partitions);
        if (all.isEmpty()) {
            throw ProblemException.of(
                    ErrorCode.UNREADABLE_FILE,
                    "\"" + files.getFirst().path() + "\" has no columns. Upload a file with data in it.");
        }
        return new Shape(all, partitions.stream().map(Column::name).toList());
    }

    private static Column merged(Column one, Column other) {
        boolean sameScale = one.type() != ColumnType.DECIMAL || one.scale() == other.scale();
        ColumnType type = sameScale ? requireNonNull(ColumnType.widest(one.type(), other.type())) : ColumnType.DECIMAL;
        return new Column(one.name(), type, one.nullable() || other.nullable(), Math.max(one.scale(), other.scale()));
    }

    /** Each file lies in the same partitions, or none of them are. */
    private static List<Column> partitions(List<PlacedFile> files) {
        Set<String> names = files.getFirst().path().partition().keySet();
        List<Column> partitions = new ArrayList<>();
        for (String name : names) {
            ColumnType type = null;
            for (PlacedFile file : files) {
                Map<String, String> partition = file.path().partition();
                if (!partition.keySet().equals(names)) {
                    throw ProblemException.of(
                            ErrorCode.UNREADABLE_FILE,
                            "\"" + file.path() + "\" lies in other partitions than \""
                                    + files.getFirst().path() + "\". Put all files into folders of the same columns.");
                }
                type = ColumnType.widest(type, TextValues.type(partition.getOrDefault(name, "")));
            }
            partitions.add(new Column(name, type == null ? ColumnType.TEXT : type));
        }
        return partitions;
    }

    /** The rows of all files that pass, with some of the columns. */
    Rows rows(DatasetFormat format, List<PlacedFile> files, List<Column> columns, RowFilter filter) {
        Set<Column> needed = new LinkedHashSet<>(columns);
        needed.addAll(filter.columns());
        Rows all = new FileRows(format(format), files, List.copyOf(needed));
        return new SelectedRows(filter.filtered(all), columns);
    }

    private TableFormat format(DatasetFormat format) {
        return requireNonNull(formats.get(format), "no way to read the format " + format);
    }
}
