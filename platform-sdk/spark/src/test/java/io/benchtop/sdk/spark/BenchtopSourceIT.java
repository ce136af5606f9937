package io.benchtop.sdk.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets as somebody meets them who reads them with Spark: a real session in this JVM, over a small service. */
class BenchtopSourceIT {

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private FakeDatasets service;

    @BeforeAll
    static void startSpark() throws IOException {
        Files.writeString(folder.resolve("token"), FakeDatasets.TOKEN);
        spark = LocalSpark.session();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @BeforeEach
    void start() throws IOException {
        service = new FakeDatasets();
        service.columns = Orders.COLUMNS;
        givenRows(10, 4);
        // As a session's settings: so they reach every load.
        spark.conf().set("spark.datasource.benchtop.url", service.url());
        spark.conf()
                .set(
                        "spark.datasource.benchtop.tokenFile",
                        folder.resolve("token").toString());
        spark.conf().set("spark.sql.session.timeZone", "UTC");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void givenRows(int count, int batchRows) {
        service.stream = columns -> Orders.stream(columns, count, batchRows);
    }

    private static Dataset<Row> orders() {
        return spark.read().format("benchtop").load(FakeDatasets.NAME);
    }

    @Test
    void knowsTheColumnsWithoutReadingARow() {
        // When
        var schema = orders().schema();

        // Then
        assertThat(schema.fields())
                .extracting(field -> field.name() + " " + field.dataType().simpleString())
                .containsExactly(
                        "qty bigint",
                        "price double",
                        "what string",
                        "open boolean",
                        "exact decimal(38,2)",
                        "day date",
                        "time string",
                        "local timestamp_ntz",
                        "at timestamp",
                        "bytes binary");
        assertThat(schema.fields()).extracting(StructField::nullable).startsWith(false, true);
        assertThat(service.opened).isEmpty();
    }

    @Test
    void everyTypeOfColumnHasItsValues() {
        // When
        var rows = orders().orderBy("qty").collectAsList();

        // Then
        assertThat(rows).hasSize(10);
        assertThat(values(rows.get(1)))
                .containsExactly(
                        1L,
                        1.5,
                        "it's ä 1",
                        true,
                        new BigDecimal("1.25"),
                        LocalDate.of(1970, 1, 2),
                        "00:00:01.000001",
                        LocalDateTime.of(1970, 1, 1, 0, 0, 1, 1_000),
                        Instant.parse("1970-01-01T00:00:01.000001Z"),
                        List.of((byte) 1, (byte) 1));
        assertThat(values(rows.get(2)).subList(1, 10)).containsOnlyNulls();
    }

    private static List<Object> values(Row row) {
        var values = new ArrayList<Object>();
        for (int at = 0; at < row.length(); at++) {
            values.add(plain(row.get(at)));
        }
        return values;
    }

    private static Object plain(Object value) {
        if (value instanceof byte[] bytes) {
            return List.of(bytes[0], bytes[1]);
        }
        if (value instanceof Date day) {
            return day.toLocalDate();
        }
        return value instanceof Timestamp moment ? moment.toInstant() : value;
    }

    @Test
    void manyRowsComeInManyBatches() {
        // Given
        givenRows(150_000, 65_536);

        // Then
        var sums = orders().selectExpr("sum(qty)", "count(what)", "max(time)").first();
        assertThat(sums.getLong(0)).isEqualTo(150_000L * 149_999 / 2);
        assertThat(sums.getLong(1)).isEqualTo(100_000);
    }

    @Test
    void onlyTheColumnsAndRowsThatAreNeededAreAskedFor() {
        // When
        var rows = orders().where("qty > 3 and price > 1.0 and what = 'it''s ä 4' and length(what) > 2")
                .select("what")
                .collectAsList();

        // Then
        assertThat(rows).extracting(row -> row.getString(0)).containsExactly("it's ä 4");
        assertThat(service.opened).hasSize(1);
        var opened = service.opened.get(0);
        assertThat(opened.get("version").getAsInt()).isEqualTo(3);
        assertThat(opened.getAsJsonArray("columns").asList())
                .extracting(column -> column.getAsString())
                .containsExactly("qty", "price", "what");
        assertThat(opened.get("where").getAsString().split(" and "))
                .containsExactlyInAnyOrder(
                        "\"what\" is not null", "\"price\" is not null", "\"qty\" > 3", "\"what\" = 'it''s ä 4'");
    }

    @Test
    void aCountAsksForTheNarrowestColumn() {
        assertThat(orders().count()).isEqualTo(10);
        assertThat(service.opened.get(0).getAsJsonArray("columns").toString()).isEqualTo("[\"open\"]");
    }

    @Test
    void staysWithTheVersionThatItFound() {
        // Given
        var orders = orders();
        service.newest = 4;

        // When
        orders.count();

        // Then
        assertThat(service.opened.get(0).get("version").getAsInt()).isEqualTo(3);
    }

    @Test
    void readsTheVersionThatIsAskedFor() {
        // When
        spark.read()
                .format("benchtop")
                .option("version", 2)
                .load(FakeDatasets.NAME)
                .count();

        // Then
        assertThat(service.opened.get(0).get("version").getAsInt()).isEqualTo(2);
    }

    @Test
    void joinsWithWhatSparkHasFromElsewhere() {
        // Given
        spark.range(5).toDF("qty").createOrReplaceTempView("wanted");
        orders().createOrReplaceTempView("orders");

        // Then
        assertThat(spark.sql("select count(*), sum(exact) from orders join wanted using (qty)")
                        .first()
                        .getLong(0))
                .isEqualTo(5);
    }

    @Test
    void theExampleOfTheDocumentationPrintsWhatWasOrdered() throws Exception {
        assertThat(DocsExample.run(folder)).contains("|it's ä 4|    1|").doesNotContain("it's ä 3");
    }

    @Test
    void stoppingEarlyEndsTheRead() {
        givenRows(150_000, 1_000);
        assertThat(orders().limit(3).collectAsList()).hasSize(3);
        assertThat(orders().count()).isEqualTo(150_000);
    }

    @Test
    void rowsThatBreakOffAreNeverTakenForAll() throws IOException {
        // Given
        service.breaks.add(Orders.stream(List.of("qty"), 10, 4).length - 8);

        // Then
        thenFails(() -> orders().select("qty").collectAsList(), "read_interrupted", "sales/orders broke off");
    }

    @Test
    void saysWhatIsWrongBeforeAnythingIsRead() {
        thenFails(() -> spark.read().format("benchtop").load("sales/nothing"), "not_found", "no such dataset");
        thenFails(() -> spark.read().format("benchtop").load("orders"), "bad_name", "two words with a slash");
        thenFails(() -> spark.read().format("benchtop").load(), "bad_name", "load(\"sales/orders\")");
        thenFails(
                () -> spark.read().format("benchtop").load("sales/orders", "sales/clean"), "bad_name", "one at a time");
        thenFails(
                () -> spark.read()
                        .format("benchtop")
                        .option("version", "latest")
                        .load(FakeDatasets.NAME),
                "bad_version",
                "'latest'");
    }

    @Test
    void filesAndEmptyDatasetsHaveNoRows() {
        // Given
        service.format = "images";
        thenFails(BenchtopSourceIT::orders, "no_rows", "images");

        // Given
        service.newest = 0;
        thenFails(BenchtopSourceIT::orders, "no_version", "nothing was written");
    }

    @Test
    void anotherTypeThanWasToldIsNoValue() {
        // Given
        var orders = orders();
        service.stream = columns -> Orders.stream(List.of("what"), 10, 4);

        // Then
        thenFails(() -> orders.select("qty").collectAsList(), "column_type_differs", "'qty'");
    }

    @Test
    void noTokenGoesToAnAddressThatItIsNotFor() {
        thenFails(
                () -> spark.read()
                        .format("benchtop")
                        .option("url", "http://127.0.0.1:9")
                        .option("tokenFile", "")
                        .load(FakeDatasets.NAME),
                "bad_connection",
                "go together");
    }

    private static void thenFails(ThrowingCallable read, String code, String said) {
        assertThatThrownBy(read)
                .satisfies(failure -> assertThat(Throwables.getStackTrace(failure))
                        .contains("[" + code + "]")
                        .contains(said));
    }
}
