package io.benchtop.service.http.api;

import static io.benchtop.service.http.api.DataRequests.bucket;
import static io.benchtop.service.http.api.DataRequests.database;
import static io.benchtop.service.http.api.DataRequests.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingMariaDb;
import io.benchtop.service.TestingService;
import io.benchtop.service.TestingStore;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same orders in each kind of source, read by name, without anybody but the service knowing a password. */
class DatasetSourcesIT {

    private static final String CSV = "id,city,price\n1,Bonn,1.5\n2,Ulm,2.5\n3,Bonn,\n";
    private static final String SECRET = "canary-2b81f0";
    private static final String[] TABLE = {
        "create table orders (id bigint, city varchar(20), price double precision)",
        "insert into orders values (1, 'Bonn', 1.5), (2, 'Ulm', 2.5), (3, 'Bonn', null)"
    };

    @TempDir
    static Path data;

    @TempDir
    static Path buckets;

    @TempDir
    static Path folders;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;
    private static TestingClient root;

    @BeforeAll
    static void start() {
        service = TestingService.start(
                data, Map.of("benchtop.source-networks", "127.0.0.0/8", "benchtop.data-folders", folders.toString()));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
        root = service.signIn("root", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void connect(TestingClient client, String name, String kind, String settings, String secret) {
        assertThat(DataRequests.connect(client, name, kind, settings, secret).toString())
                .doesNotContain(SECRET);
    }

    private static String dataset(TestingClient client, String name, String source) {
        JsonObject dataset = DataRequests.dataset(client, name, "bob", source);
        assertThat(dataset.getAsJsonObject("latest").get("number").getAsInt()).isEqualTo(1);
        return "/api/v1/datasets/" + name;
    }

    /** Bob, who may read it but knows nothing of the connection, gets the rows and the preview. */
    private static void readByBob(String dataset) throws IOException, InterruptedException {
        JsonObject plan = ok(bob.post(
                dataset + ":open", "{\"columns\":[\"id\",\"price\"],\"where\":\"city = 'Bonn' and id >= 1\"}"));
        assertThat(rows(plan.get("arrow").getAsString())).containsExactly("1 1.5", "3 null");
        JsonObject preview = ok(bob.get(dataset + "/preview"));
        assertThat(preview.getAsJsonArray("rows").toString())
                .isEqualTo("[[1,\"Bonn\",1.5],[2,\"Ulm\",2.5],[3,\"Bonn\",null]]");
        assertThat(ok(bob.get(dataset)).getAsJsonObject("source").toString()).doesNotContain("connection\":\"");
    }

    private static List<String> rows(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", bob.header("Authorization"))
                .build();
        List<String> rows = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient();
                InputStream body =
                        http.send(request, BodyHandlers.ofInputStream()).body();
                RootAllocator memory = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(body, memory)) {
            VectorSchemaRoot batch = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int at = 0; at < batch.getRowCount(); at++) {
                    rows.add(batch.getVector(0).getObject(at) + " "
                            + batch.getVector(1).getObject(at));
                }
            }
        }
        return rows;
    }

    @Test
    void readsATableAndAQueryOfPostgreSql() throws IOException, InterruptedException, SQLException {
        // Given
        Map<String, Object> properties = TestingDatabases.postgresProperties();
        String jdbc = properties.get("benchtop.database-url").toString();
        String user = properties.get("benchtop.database-user").toString();
        URI url = URI.create(jdbc.substring("jdbc:".length()));
        try (var connection = DriverManager.getConnection(jdbc, user, SECRET);
                var statement = connection.createStatement()) {
            for (String each : TABLE) {
                statement.execute(each);
            }
        }

        // When
        connect(
                alice,
                "pg",
                "postgresql",
                database(url.getHost(), url.getPort(), url.getPath().substring(1), user),
                SECRET);
        String table = dataset(alice, "pg/orders", "{\"kind\":\"table\",\"connection\":\"pg\",\"table\":\"orders\"}");
        String query = dataset(
                alice,
                "pg/query",
                "{\"kind\":\"query\",\"connection\":\"pg\",\"query\":\"select id, city, price from orders order by id\"}");

        // Then
        readByBob(table);
        readByBob(query);
        JsonObject plan = ok(bob.post(table + ":open", "{}"));
        assertThat(plan.get("pinned").getAsBoolean()).isFalse();
        assertThat(plan.get("note").getAsString()).contains("as they are now");
        assertThat(ok(alice.post(table + ":refresh", "{}")).get("number").getAsInt())
                .isEqualTo(1);
        assertThat(bob.post(
                                "/api/v1/datasets",
                                "{\"name\":\"bob/x\",\"source\":{\"kind\":\"table\",\"connection\":\"pg\",\"table\":\"orders\"}}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(alice.post(
                                "/api/v1/datasets",
                                "{\"name\":\"pg/none\",\"source\":{\"kind\":\"table\",\"connection\":\"pg\",\"table\":\"nope\"}}")
                        .body())
                .contains("connection_failed", "nope");
        assertThat(alice.get("/api/v1/datasets/pg/none").statusCode()).isEqualTo(404);
    }

    @Test
    void readsATableOfMariaDb() throws IOException, InterruptedException {
        // Given
        TestingMariaDb server = TestingMariaDb.shared();
        String name = server.freshDatabase();
        server.execute(name, TABLE);

        // When
        connect(
                alice,
                "maria",
                "mariadb",
                database("127.0.0.1", server.port(), name, TestingMariaDb.USER),
                TestingMariaDb.PASSWORD);

        // Then
        readByBob(dataset(alice, "maria/orders", "{\"kind\":\"table\",\"connection\":\"maria\",\"table\":\"orders\"}"));
    }

    @Test
    void readsFilesOfABucketByAddressesThatExpireAndNoticesWhenOneWasChanged() throws Exception {
        // Given
        try (TestingStore store = TestingStore.start(buckets, SECRET)) {
            store.createBucket("lake");
            store.put("lake", "sales/orders.csv", CSV);

            // When
            connect(alice, "lake", "s3", bucket(store.port(), "lake"), SECRET);
            String dataset =
                    dataset(alice, "lake/orders", "{\"kind\":\"files\",\"connection\":\"lake\",\"path\":\"sales\"}");

            // Then
            readByBob(dataset);
            JsonObject plan = ok(bob.post(dataset + ":open", "{}"));
            JsonObject file = plan.getAsJsonArray("files").get(0).getAsJsonObject();
            assertThat(plan.toString()).doesNotContain(SECRET);
            assertThat(file.get("transport").getAsString()).isEqualTo("presigned");
            try (HttpClient http = HttpClient.newHttpClient()) {
                assertThat(http.send(
                                        HttpRequest.newBuilder(URI.create(
                                                        file.get("url").getAsString()))
                                                .build(),
                                        BodyHandlers.ofString())
                                .body())
                        .isEqualTo(CSV);
            }

            // When
            store.put("lake", "sales/orders.csv", CSV + "4,Ulm,9\n");

            // Then
            assertThat(bob.get(dataset + "/versions/1/files/orders.csv").body())
                    .contains("version_changed", "orders.csv");
            assertThat(ok(alice.post(dataset + ":refresh", "{}")).get("rows").getAsLong())
                    .isEqualTo(4);
        }

        // Then
        assertThat(ok(bob.get("/api/v1/datasets/lake/orders/preview")).getAsJsonArray("rows"))
                .as("what was kept of it is shown though the source is away")
                .hasSize(4);
        HttpResponse<String> away = bob.get("/api/v1/datasets/lake/orders/versions/2/files/orders.csv");
        assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
        assertThat(away.body()).contains("source_away", "lake");
    }

    @Test
    void readsFilesOfAFolder() throws IOException, InterruptedException {
        // Given
        Path folder = Files.createDirectories(folders.resolve("shop").resolve("year=2026"));
        Files.writeString(folder.resolve("orders.csv"), CSV);

        // When
        connect(root, "shop", "folder", "{\"path\":\"" + folders.resolve("shop") + "\"}", "");
        String dataset = dataset(
                root, "shop/orders", "{\"kind\":\"files\",\"connection\":\"shop\",\"path\":\"/year=2026/orders.csv\"}");
        String partitioned = dataset(root, "shop/all", "{\"kind\":\"files\",\"connection\":\"shop\",\"path\":\"\"}");

        // Then
        readByBob(dataset);
        assertThat(ok(bob.get(partitioned))
                        .getAsJsonObject("latest")
                        .getAsJsonArray("partitions")
                        .toString())
                .isEqualTo("[\"year\"]");
    }
}
