package io.benchtop.sdk.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.dataset.Column;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTest {

    private static final Map<String, Column> COLUMNS = Stream.concat(
                    Orders.COLUMNS.stream(), Stream.of(new Column("a \"b\"", "int64", true, null, null)))
            .collect(Collectors.toMap(Column::name, Function.identity()));

    private static Expression column(String name) {
        return Expressions.column("`" + name + "`");
    }

    private static Expression literal(Object value, DataType type) {
        return new LiteralValue<>(value, type);
    }

    private static Expression text(String value) {
        return literal(UTF8String.fromString(value), DataTypes.StringType);
    }

    private static String said(String name, Expression... children) {
        return FilterText.of(new Predicate(name, children), COLUMNS).orElse("left to Spark");
    }

    @Test
    void saysWhatTheServiceUnderstands() {
        assertThat(said("IS_NULL", column("what"))).isEqualTo("\"what\" is null");
        assertThat(said("IS_NOT_NULL", column("price"))).isEqualTo("\"price\" is not null");
        assertThat(said(">=", column("qty"), literal(3L, DataTypes.LongType))).isEqualTo("\"qty\" >= 3");
        assertThat(said("<>", column("qty"), literal(-3L, DataTypes.LongType))).isEqualTo("\"qty\" != -3");
        assertThat(said("=", column("open"), literal(true, DataTypes.BooleanType)))
                .isEqualTo("\"open\" = true");
        assertThat(said("=", column("what"), text("it's"))).isEqualTo("\"what\" = 'it''s'");
        assertThat(said("IN", column("what"), text("a"), text("b"))).isEqualTo("\"what\" in ('a', 'b')");
        assertThat(said("STARTS_WITH", column("what"), text("it's"))).isEqualTo("\"what\" like 'it''s%'");
        assertThat(said("<", column("day"), literal(20_000, DataTypes.DateType)))
                .isEqualTo("\"day\" < '2024-10-04'");
        assertThat(said(
                        "=",
                        column("exact"),
                        literal(Decimal.apply(new BigDecimal("1.50")), DataTypes.createDecimalType(38, 2))))
                .isEqualTo("\"exact\" = 1.50");
        assertThat(said("=", column("a \"b\""), literal(1L, DataTypes.LongType)))
                .isEqualTo("\"a \"\"b\"\"\" = 1");
    }

    @ParameterizedTest
    @CsvSource({
        "=, local, \"local\" <= '1970-01-01T00:00:01.000001' and \"local\" >= '1970-01-01T00:00:00.999999'",
        ">, at, \"at\" >= '1970-01-01T00:00:00.999999Z'",
        "<=, at, \"at\" <= '1970-01-01T00:00:01.000001Z'",
        "<>, at, left to Spark"
    })
    void momentsAreAMicrosecondWider(String sign, String name, String expected) {
        assertThat(said(sign, column(name), literal(1_000_000L, DataTypes.TimestampType)))
                .isEqualTo(expected);
    }

    @Test
    void whatSourcesCompareInAnotherWayIsLeftToSpark() {
        assertThat(Stream.of(
                        said("=", column("price"), literal(1.5, DataTypes.DoubleType)),
                        said("<", column("what"), text("a")),
                        said("<>", column("what"), text("a")),
                        said("=", column("what"), text("a ")),
                        said("IN", column("what"), text("a"), text("b ")),
                        said("STARTS_WITH", column("what"), text("50%")),
                        said("=", column("time"), text("12:30")),
                        said("=", column("qty"), literal(null, DataTypes.LongType)),
                        said("<", column("day"), literal(-9_000_000, DataTypes.DateType)),
                        said("<", literal(3L, DataTypes.LongType), column("qty")),
                        said("=", column("qty"), column("price")),
                        said("=", Expressions.column("a.b"), literal(3L, DataTypes.LongType)),
                        said("CONTAINS", column("what"), text("a")),
                        said("OR", new Predicate("IS_NULL", new Expression[] {column("what")})),
                        said("ALWAYS_TRUE")))
                .containsOnly("left to Spark");
    }
}
