package io.benchtop.service.http.api;

import static io.benchtop.service.http.api.DataRequests.bucket;
import static io.benchtop.service.http.api.DataRequests.connect;
import static io.benchtop.service.http.api.DataRequests.database;
import static io.benchtop.service.http.api.DataRequests.dataset;
import static io.benchtop.service.http.api.DataRequests.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingMariaDb;
import io.benchtop.service.TestingService;
import io.benchtop.service.TestingStore;
import io.benchtop.service.ToxicRelay;
import io.benchtop.service.ToxicRelay.Toxic;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Sources that are unplugged, say nothing, break off in the middle or lie: who reads from them is told so in words, and nobody else
 * notices. The numbers of rows are such that an answer does not fit into the buffers between.
 */
class ToxicSourcesIT {

    private static final String SECRET = "a secret of the sources";
    private static final int ROWS = 60_000;
    private static final int READERS = 12;
    private static final Duration NOBODY_ELSE_WAITS = Duration.ofSeconds(5);
    private static final List<String> SOURCES = List.of("pg", "maria", "lake");

    @TempDir
    static Path data;

    @TempDir
    static Path buckets;

    @TempDir
    static Path folders;

    private static final Map<String, ToxicRelay> RELAYS = new LinkedHashMap<>();
    private static TestingService service;
    private static TestingClient alice;
    private static TestingStore store;

    @BeforeAll
    static void start() throws Exception {
        service = TestingService.start(
                data, Map.of("benchtop.source-networks", "127.0.0.0/8", "benchtop.data-folders", folders.toString()));
        alice = service.program("alice", Role.DEVELOPER);
        TestingClient root = service.signIn("root", Role.ADMIN);

        Map<String, Object> postgres = TestingDatabases.postgresProperties();
        String jdbc = postgres.get("benchtop.database-url").toString();
        String user = postgres.get("benchtop.database-user").toString();
        try (var connection = DriverManager.getConnection(jdbc, user, SECRET);
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table orders as select n::bigint as id, md5(n::text) as what from generate_series(1, "
                            + ROWS + ") as n");
        }
        URI url = URI.create(jdbc.substring("jdbc:".length()));
        ToxicRelay pg = new ToxicRelay(url.getPort());
        RELAYS.put("pg", pg);
        connect(
                alice,
                "pg",
                "postgresql",
                database("127.0.0.1", pg.port(), url.getPath().substring(1), user),
                SECRET);

        TestingMariaDb mariaDb = TestingMariaDb.shared();
        String name = mariaDb.freshDatabase();
        mariaDb.execute(name, "create table orders as select seq as id, md5(seq) as what from seq_1_to_" + ROWS);
        ToxicRelay maria = new ToxicRelay(mariaDb.port());
        RELAYS.put("maria", maria);
        connect(
                alice,
                "maria",
                "mariadb",
                database("127.0.0.1", maria.port(), name, TestingMariaDb.USER),
                TestingMariaDb.PASSWORD);

        StringBuilder csv = new StringBuilder("id,what\n");
        for (int id = 1; id <= ROWS; id++) {
            csv.append(id).append(",what of the order ").append(id).append('\n');
        }
        store = TestingStore.start(buckets, SECRET);
        store.createBucket("lake");
        store.put("lake", "orders/orders.csv", csv.toString());
        ToxicRelay lake = new ToxicRelay(store.port());
        RELAYS.put("lake", lake);
        connect(alice, "lake", "s3", bucket(lake.port(), "lake"), SECRET);

        Files.writeString(folders.resolve("orders.csv"), "id\n1\n2\n");
        connect(root, "shop", "folder", "{\"path\":\"" + folders + "\"}", "");
        dataset(alice, "pg/orders", "alice", "{\"kind\":\"table\",\"connection\":\"pg\",\"table\":\"orders\"}");
        dataset(alice, "maria/orders", "alice", "{\"kind\":\"table\",\"connection\":\"maria\",\"table\":\"orders\"}");
        dataset(alice, "lake/orders", "alice", "{\"kind\":\"files\",\"connection\":\"lake\",\"path\":\"orders\"}");
        dataset(root, "shop/orders", "alice", "{\"kind\":\"files\",\"connection\":\"shop\",\"path\":\"\"}");
    }

    @AfterAll
    static void stop() throws Exception {
        for (ToxicRelay relay : RELAYS.values()) {
            relay.close();
        }
        store.close();
        service.close();
    }

    @AfterEach
    void heal() throws IOException {
        for (ToxicRelay relay : RELAYS.values()) {
            relay.becomes(Toxic.NONE);
        }
        // Whoever was found away is left alone for a while.
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            for (String source : SOURCES) {
                assertThat(read(source)).as(source).isEqualTo("all");
            }
        });
    }

    /** "all" where every row came, "broken" where the answer ended in the middle, else the refusal. */
    private static String read(String space) throws IOException {
        // A filter that lets all pass: the rows then come through the service from a bucket, too.
        HttpResponse<String> opened =
                alice.post("/api/v1/datasets/" + space + "/orders:open", "{\"where\":\"id > 0\"}");
        if (opened.statusCode() != 200) {
            return opened.body();
        }
        String path = ok(opened).get("arrow").getAsString();
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", alice.header("Authorization"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] told = body.readAllBytes();
                return answer.statusCode() == 200 ? whole(told) : new String(told, StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "broken";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Arrow's streams end with a mark; what has none broke off. */
    private static String whole(byte[] stream) {
        int end = stream.length;
        return end > 8 && stream[end - 8] == -1 && stream[end - 5] == -1 && stream[end - 1] == 0 ? "all" : "broken";
    }

    private static void nobodyElseNotices() {
        long begin = System.nanoTime();
        assertThat(ok(alice.post("/api/v1/datasets/shop/orders:open", "{}")).getAsJsonArray("files"))
                .hasSize(1);
        assertThat(alice.get("/api/v1/datasets/shop/orders/versions/1/files/orders.csv")
                        .body())
                .isEqualTo("id\n1\n2\n");
        assertThat(alice.get("/api/v1/workspaces").statusCode()).isEqualTo(200);
        assertThat(alice.get("/api/v1/connections").statusCode()).isEqualTo(200);
        for (String source : SOURCES) {
            assertThat(ok(alice.get("/api/v1/datasets/" + source + "/orders/preview"))
                            .getAsJsonArray("rows"))
                    .as("what was kept of %s is shown whatever has become of it", source)
                    .hasSize(1_000);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(NOBODY_ELSE_WAITS);
    }

    @Test
    void sourcesThatSayNothingAreGivenUpAndKeepNobodyElse() throws Exception {
        // Given
        for (ToxicRelay relay : RELAYS.values()) {
            relay.becomes(Toxic.SILENT);
        }

        // When
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> reads = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                for (String source : SOURCES) {
                    reads.add(readers.submit(() -> read(source)));
                }
            }

            // Then
            for (int again = 0; again < 5; again++) {
                nobodyElseNotices();
                Thread.sleep(500);
            }
            for (Future<String> read : reads) {
                assertThat(read.get()).contains("\"source_away\"");
            }
            nobodyElseNotices();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Toxic.class,
            mode = Mode.INCLUDE,
            names = {"CLOSED", "LIE"})
    void sourcesThatAreBrokenAreToldInWords(Toxic toxic) throws IOException {
        // Given
        for (ToxicRelay relay : RELAYS.values()) {
            relay.becomes(toxic);
        }

        // Then
        for (String source : SOURCES) {
            String told = read(source);
            assertThat(told)
                    .as(source)
                    .containsAnyOf("\"source_away\"", "\"connection_failed\"")
                    .contains(source);
            assertThat(JsonParser.parseString(told)
                            .getAsJsonObject()
                            .get("detail")
                            .getAsString())
                    .as("says what to do")
                    .containsAnyOf("Check", "Try again");
        }
        nobodyElseNotices();
    }

    @Test
    void aReadThatBreaksOffIsNoShorterTable() throws IOException {
        // Given
        for (ToxicRelay relay : RELAYS.values()) {
            relay.becomes(Toxic.CUT);
        }

        // Then
        for (String source : SOURCES) {
            assertThat(read(source))
                    .as(source)
                    .satisfiesAnyOf(
                            told -> assertThat(told).isEqualTo("broken"),
                            told -> assertThat(told).contains("\"source_away\"").contains(source));
        }
        nobodyElseNotices();
    }
}
