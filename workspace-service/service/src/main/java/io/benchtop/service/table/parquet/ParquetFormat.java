package io.benchtop.service.table.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ArrayRows;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parquet files. Only the columns that are asked for are read. A nested column is text, as its value prints.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">Parquet: File Format</a>
 */
public final class ParquetFormat implements TableFormat {

    @Override
    public List<Column> columns(ReadableFile file) throws IOException {
        return attempt(file, () -> {
            try (ParquetFileReader reader = ParquetFileReader.open(new Bytes(file))) {
                return reader.getFileSchema().getRootNode().children().stream()
                        .map(ParquetFormat::column)
                        .toList();
            }
        });
    }

    private static Column column(SchemaNode node) {
        boolean nullable = node.repetitionType() != RepetitionType.REQUIRED;
        if (!(node instanceof SchemaNode.PrimitiveNode leaf) || node.repetitionType() == RepetitionType.REPEATED) {
            return new Column(node.name(), ColumnType.TEXT, true, 0);
        }
        int scale = leaf.logicalType() instanceof LogicalType.DecimalType decimal ? decimal.scale() : 0;
        return new Column(node.name(), type(leaf), nullable, scale);
    }

    private static ColumnType type(SchemaNode.PrimitiveNode leaf) {
        return switch (leaf.logicalType()) {
            case LogicalType.DecimalType _ -> ColumnType.DECIMAL;
            case LogicalType.DateType _ -> ColumnType.DATE;
            case LogicalType.TimeType _ -> ColumnType.TIME;
            case LogicalType.TimestampType time -> time.isAdjustedToUTC() ? ColumnType.INSTANT : ColumnType.TIMESTAMP;
            case LogicalType.StringType _, LogicalType.EnumType _, LogicalType.JsonType _, LogicalType.UuidType _ ->
                ColumnType.TEXT;
            case null, default -> physical(leaf.type());
        };
    }

    private static ColumnType physical(PhysicalType type) {
        return switch (type) {
            case BOOLEAN -> ColumnType.BOOLEAN;
            case INT32, INT64 -> ColumnType.INT64;
            case FLOAT, DOUBLE -> ColumnType.FLOAT64;
            case INT96 -> ColumnType.INSTANT;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> ColumnType.BINARY;
        };
    }

    @Override
    public Rows open(ReadableFile file, List<Column> columns) throws IOException {
        return attempt(file, () -> new ParquetRows(file, columns));
    }

    /** What a broken file makes of its reader is any exception; told apart from one of the disk or the network. */
    private static <T> T attempt(ReadableFile file, Attempt<T> attempt) throws IOException {
        try {
            return attempt.now();
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throwOfSource(e);
            throw UnreadableFile.of(file.name(), "cannot be read as Parquet: " + e.getMessage());
        }
    }

    /** The reader wraps what the source threw, more than once. */
    private static void throwOfSource(Exception failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceFailed source) {
                switch (source.getCause()) {
                    case IOException broken -> throw broken;
                    case RuntimeException refused -> throw refused;
                    case null, default -> throw new IllegalStateException(source);
                }
            }
        }
    }

    private interface Attempt<T> {

        T now() throws IOException;
    }

    /** Not the file is broken, but the way to it. */
    private static final class SourceFailed extends IOException {

        SourceFailed(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }

    private record Bytes(ReadableFile file) implements InputFile {

        @Override
        public void open() {}

        @Override
        public ByteBuffer readRange(long offset, int length) throws IOException {
            try (InputStream bytes = file.read(offset, length)) {
                return ByteBuffer.wrap(bytes.readNBytes(length));
            } catch (IOException | RuntimeException e) {
                throw new SourceFailed(e);
            }
        }

        @Override
        public long length() {
            return file.size();
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public void close() {}
    }

    private static final class ParquetRows extends ArrayRows {

        private final ReadableFile file;
        private final ParquetFileReader reader;
        private final RowReader rows;
        private final @Nullable Cell[] cells;

        ParquetRows(ReadableFile file, List<Column> columns) throws IOException {
            super(columns);
            this.file = file;
            this.reader = ParquetFileReader.open(new Bytes(file));
            try {
                Map<String, SchemaNode> nodes = new HashMap<>();
                reader.getFileSchema().getRootNode().children().forEach(node -> nodes.put(node.name(), node));
                List<String> wanted = columns.stream()
                        .map(Column::name)
                        .filter(nodes::containsKey)
                        .toList();
                // Without any column there are still rows to count.
                String[] projected = wanted.isEmpty()
                        ? new String[] {nodes.keySet().iterator().next()}
                        : wanted.toArray(String[]::new);
                rows = reader.buildRowReader()
                        .projection(ColumnProjection.columns(projected))
                        .build();
                cells = cells(nodes);
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        }

        private @Nullable Cell[] cells(Map<String, SchemaNode> nodes) {
            Map<String, Integer> places = new HashMap<>();
            for (int at = 0; at < rows.getFieldCount(); at++) {
                places.put(rows.getFieldName(at), at);
            }
            @Nullable Cell[] made = new Cell[columns().size()];
            for (int at = 0; at < made.length; at++) {
                SchemaNode node = nodes.get(columns().get(at).name());
                Integer place = places.get(columns().get(at).name());
                made[at] = node == null || place == null
                        ? null
                        : cell(node, place, columns().get(at).type());
            }
            return made;
        }

        private static Cell cell(SchemaNode node, int place, ColumnType wanted) {
            ColumnType type = column(node).type();
            Cell plain = plain(node, type, place);
            Cell typed = type == wanted ? plain : from -> TextValues.widened(plain.of(from), wanted);
            return from -> from.isNull(place) ? null : typed.of(from);
        }

        private static Cell plain(SchemaNode node, ColumnType type, int at) {
            PhysicalType physical = node instanceof SchemaNode.PrimitiveNode leaf ? leaf.type() : null;
            return switch (type) {
                case BOOLEAN -> from -> from.getBoolean(at);
                case INT64 ->
                    physical == PhysicalType.INT32 ? from -> (long) from.getInt(at) : from -> from.getLong(at);
                case FLOAT64 ->
                    physical == PhysicalType.FLOAT ? from -> (double) from.getFloat(at) : from -> from.getDouble(at);
                case DECIMAL -> from -> from.getDecimal(at);
                case TEXT -> from -> String.valueOf(from.getValue(at));
                case DATE -> from -> from.getDate(at);
                case TIMESTAMP -> from -> from.getLocalTimestamp(at);
                case INSTANT -> from -> from.getTimestamp(at);
                case TIME -> from -> from.getTime(at);
                case BINARY -> from -> from.getBinary(at);
            };
        }

        @Override
        public boolean next() throws IOException {
            return attempt(file, () -> {
                if (!rows.hasNext()) {
                    return false;
                }
                rows.next();
                for (int at = 0; at < cells.length; at++) {
                    Cell cell = cells[at];
                    row[at] = cell == null ? null : cell.of(rows);
                }
                return true;
            });
        }

        @Override
        public void close() throws IOException {
            rows.close();
            reader.close();
        }

        private interface Cell {

            @Nullable
            Object of(RowReader from);
        }
    }
}
