package io.benchtop.sdk.spark;

import io.benchtop.api.dataset.Column;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of a dataset as Spark's. A time of day is a text, since Spark 4.2 has no such type that is switched on. */
final class ColumnTypes {

    private static final int PRECISION = 38;

    private ColumnTypes() {}

    static StructType schema(List<Column> columns) {
        return DataTypes.createStructType(
                columns.stream().map(ColumnTypes::field).toArray(StructField[]::new));
    }

    private static StructField field(Column column) {
        return DataTypes.createStructField(column.name(), type(column), column.nullable());
    }

    private static DataType type(Column column) {
        return switch (column.type()) {
            case "boolean" -> DataTypes.BooleanType;
            case "int64" -> DataTypes.LongType;
            case "float64" -> DataTypes.DoubleType;
            case "decimal" -> DataTypes.createDecimalType(PRECISION, column.scale() == null ? 0 : column.scale());
            case "date" -> DataTypes.DateType;
            case "timestamp" ->
                Boolean.FALSE.equals(column.zoned()) ? DataTypes.TimestampNTZType : DataTypes.TimestampType;
            case "binary" -> DataTypes.BinaryType;
            default -> DataTypes.StringType;
        };
    }
}
