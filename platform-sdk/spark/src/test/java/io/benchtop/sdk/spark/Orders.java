package io.benchtop.sdk.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.benchtop.api.dataset.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.util.Comparator;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A table with one column of each type, and the Arrow that the service makes of it. Every third value of each but qty is missing. */
final class Orders {

    static final List<Column> COLUMNS = List.of(
            new Column("qty", "int64", false, null, null),
            new Column("price", "float64", true, null, null),
            new Column("what", "text", true, null, null),
            new Column("open", "boolean", true, null, null),
            new Column("exact", "decimal", true, 2, null),
            new Column("day", "date", true, null, null),
            new Column("time", "time", true, null, null),
            new Column("local", "timestamp", true, null, false),
            new Column("at", "timestamp", true, null, true),
            new Column("bytes", "binary", true, null, null));

    private Orders() {}

    /** Rows 0 to count - 1 in batches of so many, the first of which is empty. */
    static byte[] stream(List<String> chosen, int count, int batchRows) throws IOException {
        var fields = COLUMNS.stream()
                .filter(column -> chosen.contains(column.name()))
                .sorted(Comparator.comparingInt(column -> chosen.indexOf(column.name())))
                .map(Orders::field)
                .toList();
        var content = new ByteArrayOutputStream();
        try (var memory = new RootAllocator();
                var rows = VectorSchemaRoot.create(new Schema(fields), memory);
                var writer = new ArrowStreamWriter(rows, null, Channels.newChannel(content))) {
            rows.setRowCount(0);
            writer.writeBatch();
            for (int first = 0; first < count; first += batchRows) {
                int size = Math.min(batchRows, count - first);
                rows.allocateNew();
                for (var vector : rows.getFieldVectors()) {
                    for (int row = 0; row < size; row++) {
                        set(vector, row, first + row);
                    }
                }
                rows.setRowCount(size);
                writer.writeBatch();
            }
            writer.end();
        }
        return content.toByteArray();
    }

    private static Field field(Column column) {
        return new Field(column.name(), new FieldType(column.nullable(), type(column), null), null);
    }

    private static ArrowType type(Column column) {
        return switch (column.type()) {
            case "int64" -> new ArrowType.Int(64, true);
            case "float64" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case "text" -> new ArrowType.Utf8();
            case "boolean" -> new ArrowType.Bool();
            case "decimal" -> new ArrowType.Decimal(38, 2, 128);
            case "date" -> new ArrowType.Date(DateUnit.DAY);
            case "time" -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case "timestamp" ->
                new ArrowType.Timestamp(TimeUnit.MICROSECOND, column.name().equals("at") ? "UTC" : null);
            default -> new ArrowType.Binary();
        };
    }

    private static void set(FieldVector vector, int at, int row) {
        if (vector instanceof BigIntVector whole) {
            whole.setSafe(at, row);
        } else if (row % 3 == 2) {
            while (at >= vector.getValueCapacity()) {
                vector.reAlloc();
            }
            vector.setNull(at);
        } else if (vector instanceof Float8Vector numbers) {
            numbers.setSafe(at, row + 0.5);
        } else if (vector instanceof VarCharVector texts) {
            texts.setSafe(at, ("it's ä " + row).getBytes(UTF_8));
        } else if (vector instanceof BitVector bits) {
            bits.setSafe(at, row % 2);
        } else if (vector instanceof DecimalVector decimals) {
            decimals.setSafe(at, BigDecimal.valueOf(row * 100L + 25, 2));
        } else {
            setOther(vector, at, row);
        }
    }

    private static void setOther(FieldVector vector, int at, int row) {
        if (vector instanceof DateDayVector days) {
            days.setSafe(at, row);
        } else if (vector instanceof TimeMicroVector times) {
            times.setSafe(at, row % 86_400 * 1_000_001L);
        } else if (vector instanceof TimeStampVector moments) {
            moments.setSafe(at, row * 1_000_000L + 1);
        } else {
            ((VarBinaryVector) vector).setSafe(at, new byte[] {1, (byte) row});
        }
    }
}
