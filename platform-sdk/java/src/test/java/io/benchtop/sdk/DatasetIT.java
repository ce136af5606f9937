package io.benchtop.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.sdk.data.RecordColumns;
import io.benchtop.sdk.error.BenchtopException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.SeekableReadChannel;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets as a Java notebook meets them: rows, files, writing, and what breaks. */
class DatasetIT {

    record Order(
            long qty,
            Double price,
            String what,
            boolean open,
            BigDecimal exact,
            LocalDate day,
            LocalTime time,
            LocalDateTime local,
            Instant at,
            byte[] bytes) {}

    record Short(int qty, String what) {}

    record Whole(long qty) {}

    private static final Order FIRST = new Order(
            7,
            1.5,
            "it's ä",
            true,
            new BigDecimal("1.250000000"),
            LocalDate.of(2026, 1, 31),
            LocalTime.of(12, 30),
            LocalDateTime.of(2026, 1, 31, 12, 0, 0, 1000),
            Instant.parse("1969-12-31T23:59:59.500Z"),
            new byte[] {1, 2});
    private static final Order EMPTY = new Order(8, null, null, false, null, null, null, null, null, null);

    @TempDir
    private Path folder;

    private FakeDatasets service;
    private BenchtopClient client;

    @BeforeEach
    void start() throws IOException {
        service = new FakeDatasets();
        client = service.client(folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Dataset orders() {
        return client.dataset(FakeDatasets.NAME);
    }

    private void givenRows(List<Order> orders) throws IOException {
        try (var writer = client.writeDataset(FakeDatasets.NAME, "")) {
            writer.rows(orders);
            writer.done();
        }
        service.arrow = asStream(service.upload.get("part-0.arrow").toByteArray());
        service.format = "arrow";
        service.columns = RecordColumns.of(Order.class).schema().getFields().stream()
                .map(field -> "{\"name\": \"" + field.getName() + "\", \"type\": \"other\", \"nullable\": true}")
                .toList()
                .toString();
    }

    private static byte[] asStream(byte[] file) throws IOException {
        var stream = new ByteArrayOutputStream();
        try (var memory = new RootAllocator();
                var reader = new ArrowFileReader(
                        new SeekableReadChannel(new ByteArrayReadableSeekableByteChannel(file)), memory);
                var writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, Channels.newChannel(stream))) {
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
        return stream.toByteArray();
    }

    @Test
    void recordsComeBackAsTheyWereWritten() throws IOException {
        // Given
        givenRows(List.of(FIRST, EMPTY));

        // When
        var rows = orders().rows(Order.class).toList();

        // Then
        assertThat(rows).usingRecursiveComparison().isEqualTo(List.of(FIRST, EMPTY));
    }

    @Test
    void manyRowsComeInManyBatches() throws IOException {
        // Given
        givenRows(java.util.stream.LongStream.range(0, 150_000)
                .mapToObj(i -> new Order(i, null, "thing " + i, true, null, null, null, null, null, null))
                .toList());

        // Then
        assertThat(orders().rows(Whole.class).mapToLong(Whole::qty).sum()).isEqualTo(150_000L * 149_999 / 2);
        assertThat(orders().rows().skip(149_999).findFirst().orElseThrow().get("what", String.class))
                .isEqualTo("thing 149999");
    }

    @Test
    void asksForTheColumnsOfTheRecordOnly() throws IOException {
        // Given
        givenRows(List.of(FIRST));

        // When
        var rows = orders().where("qty > 3").rows(Short.class).toList();

        // Then
        assertThat(rows).containsExactly(new Short(7, "it's ä"));
        assertThat(service.opened)
                .containsExactly(
                        "{\"columns\":[\"qty\",\"what\"],\"where\":\"qty \\u003e 3\"}".replace("\\u003e", ">"));
    }

    @Test
    void rowsTellValuesByName() throws IOException {
        // Given
        givenRows(List.of(FIRST, EMPTY));

        // When
        var rows = orders().columns("qty", "what").rows().toList();

        // Then
        assertThat(rows.get(0).get("qty", Long.class)).isEqualTo(7);
        assertThat(rows.get(1).get("what")).isNull();
        assertThatThrownBy(() -> rows.get(0).get("nothing"))
                .hasMessageContaining("'nothing'")
                .hasMessageContaining("qty");
        assertThatThrownBy(() -> rows.get(0).get("qty", String.class)).hasMessageContaining("Long");
    }

    record Other(long quantity) {}

    record Wrong(String qty) {}

    record Never(double price) {}

    @Test
    void saysWhichComponentDoesNotFit() throws IOException {
        // Given
        givenRows(List.of(FIRST, EMPTY));

        // Then
        thenFails("no_such_column", () -> orders().rows(Other.class), "'quantity'", "qty");
        thenFails("column_type_differs", () -> orders().rows(Wrong.class).toList(), "Wrong.qty", "Long");
        thenFails("missing_value", () -> orders().rows(Never.class).toList(), "price is not null");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 300, -8, -1})
    void rowsThatBreakOffAreNeverTakenForAll(int cut) throws IOException {
        // Given
        givenRows(List.of(FIRST, EMPTY));
        service.breaks.add(Math.floorMod(cut, service.arrow.length));

        // Then
        thenFails("read_interrupted", () -> orders().rows().toList(), "sales/orders");
    }

    @Test
    void filesHaveNoRowsAndSayHowTheyAreRead() {
        thenFails("no_rows", () -> orders().rows(), "open(path)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBrokenFileGoesOnWhereItBroke(boolean presigned) throws IOException {
        // Given
        var content = new byte[300_000];
        new Random(1).nextBytes(content);
        service.files.put("a.bin", content);
        service.presigned = presigned;
        service.breaks.addAll(List.of(1000, 0, 70_000));

        // When
        var written = orders().download(folder.resolve("out"));

        // Then
        assertThat(Files.readAllBytes(written.get(0))).isEqualTo(content);
        assertThat(service.storeSawToken).isFalse();
    }

    @Test
    void noProgressIsGivenUpWithASentence() {
        // Given
        service.files.put("a.bin", new byte[10]);
        service.breaks.addAll(Collections.nCopies(50, 0)); // the JDK's client tries some of them itself

        // Then
        thenFails("read_interrupted", () -> orders().open("a.bin").readAllBytes(), "a.bin broke off at byte 0 of 10");
    }

    @Test
    void anExpiredAddressIsAskedForAnewAndNoneIsShown() throws IOException {
        // Given
        service.files.put("a.bin", "content".getBytes(UTF_8));
        service.presigned = true;
        var stream = orders().open("a.bin");
        service.valid = 2;

        // Then
        assertThat(stream.readAllBytes()).asString().isEqualTo("content");
        assertThat(service.opened).hasSize(2);
    }

    @Test
    void filesAreWrittenAndABrokenPieceIsTakenUp() {
        // Given
        service.breaks.addAll(List.of(3, 0));

        // When
        try (var writer = client.writeDataset(FakeDatasets.NAME, "note")) {
            writer.file("deep/a ä.bin", "content".getBytes(UTF_8));
            writer.file("empty.bin", new ByteArrayInputStream(new byte[0]));
            assertThat(writer.done().number()).isEqualTo(2);
        }

        // Then
        assertThat(service.upload.get("deep/a ä.bin").toString(UTF_8)).isEqualTo("content");
        assertThat(service.upload.get("empty.bin").size()).isZero();
        assertThat(service.aborted).isFalse();
    }

    @Test
    void whatIsNotDoneIsThrownAway() {
        // When
        try (var writer = client.writeDataset(FakeDatasets.NAME, "")) {
            writer.rows(List.of(FIRST));
        }

        // Then
        assertThat(service.committed).isFalse();
        assertThat(service.aborted).isTrue();
    }

    @Test
    void aDatasetThatIsNotThereIsMade() {
        // Given
        service.known = false;

        // When
        try (var writer = client.writeDataset(FakeDatasets.NAME, "")) {
            writer.file("a.bin", new byte[1]);
            writer.done();
        }

        // Then
        assertThat(service.asked).contains("POST /api/v1/datasets");
        assertThat(service.committed).isTrue();
    }

    @Test
    void recordsOfAnotherClassAreRefused() {
        try (var writer = client.writeDataset(FakeDatasets.NAME, "")) {
            thenFails("columns_differ", () -> writer.rows(List.of(new Whole(1), new Short(1, ""))), "Short");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "Sales/orders", "sales/../x", ""})
    void aNameThatIsNoneIsRefusedBeforeAnythingIsSent(String name) {
        thenFails("bad_name", () -> client.dataset(name), "sales/orders");
        assertThat(service.asked).isEmpty();
    }

    private static void thenFails(
            String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... pieces) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BenchtopException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContainingAll(pieces);
    }
}
