package io.benchtop.service.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Datasets over HTTP, by hand; both SDKs walk through it in their recorded cases and in workspace-service/e2e. */
class DatasetRestIT {

    private static final String API = "/api/v1/datasets";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient bob;

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.fake-spawner", "true"));
        alice = service.program("alice", Role.DEVELOPER);
        bob = service.program("bob", Role.DEVELOPER);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonObject ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private static void refused(HttpResponse<String> response, int status, String code, String said) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonObject problem = JsonParser.parseString(response.body()).getAsJsonObject();
        assertThat(problem.get("code").getAsString()).isEqualTo(code);
        assertThat(problem.get("detail").getAsString()).contains(said);
    }

    private static String dataset(String more) {
        String name = "sales/d" + NAMES.incrementAndGet();
        ok(alice.post(API, "{\"name\":\"" + name + "\"" + more + "}"));
        return API + "/" + name;
    }

    private static String upload(String dataset) {
        return dataset + "/uploads/"
                + ok(alice.post(dataset + "/uploads", "{}")).get("id").getAsString();
    }

    private static JsonObject put(String upload, String file, String content) {
        return ok(alice.send("PUT", upload + "/files/" + file, "application/octet-stream", content));
    }

    private static JsonObject version(String dataset, String file, String content) {
        String upload = upload(dataset);
        put(upload, file, content);
        return ok(alice.post(upload + ":commit", "{}"));
    }

    @Test
    void aVersionIsThereWholeOrNotAtAllAndNeverChanges() {
        // Given
        String dataset = dataset(",\"description\":\"Orders\"");
        String upload = upload(dataset);

        // When
        put(upload, "day=2026-01-01/a.csv", "n,t\n1,x\n");
        put(upload, "day=2026-01-02/a.csv", "n,t\n2,\n3,y\n");
        int before =
                ok(alice.get(dataset + "/versions")).getAsJsonArray("versions").size();
        JsonObject first = ok(alice.post(upload + ":commit", "{}"));
        JsonObject again = ok(alice.post(upload + ":commit", "{}"));
        version(dataset, "a.csv", "n\n9\n");

        // Then
        assertThat(before).isZero();
        assertThat(again).isEqualTo(first);
        assertThat(first.get("rows").getAsLong()).isEqualTo(3);
        assertThat(first.getAsJsonArray("columns").asList())
                .extracting(column -> column.getAsJsonObject().get("name").getAsString() + " "
                        + column.getAsJsonObject().get("type").getAsString())
                .containsExactly("n int64", "t text", "day date");
        assertThat(alice.get(dataset + "/versions/1/files/day=2026-01-02/a.csv").body())
                .isEqualTo("n,t\n2,\n3,y\n");
        refused(
                alice.send("PUT", upload + "/files/late.csv", "application/octet-stream", "n\n"),
                409,
                "conflict",
                "version 1");
        assertThat(ok(alice.get(dataset))
                        .getAsJsonObject("latest")
                        .get("number")
                        .getAsInt())
                .isEqualTo(2);
    }

    @Test
    void goesOnWithAFileWhereItBroke() {
        // Given
        String dataset = dataset("");
        String upload = upload(dataset);
        put(upload, "a.csv", "n\n1\n");

        // When
        JsonObject state = ok(alice.get(upload));
        put(upload, "a.csv?offset=4", "2\n");

        // Then
        assertThat(state.getAsJsonArray("files")
                        .get(0)
                        .getAsJsonObject()
                        .get("size")
                        .getAsLong())
                .isEqualTo(4);
        refused(
                alice.send("PUT", upload + "/files/a.csv?offset=4", "application/octet-stream", "2\n"),
                409,
                "wrong_offset",
                "Go on from 6");
        assertThat(ok(alice.post(upload + ":commit", "{}")).get("rows").getAsLong())
                .isEqualTo(2);
    }

    @Test
    void refusesWhatMakesNoVersionAndSaysWhy() {
        String dataset = dataset("");
        String empty = upload(dataset);
        String mixed = upload(dataset);
        put(mixed, "a.csv", "n\n1\n");
        put(mixed, "b.parquet", "PAR1");
        String broken = upload(dataset);
        put(broken, "b.parquet", "PAR1");

        refused(alice.post(empty + ":commit", "{}"), 400, "empty_upload", "at least one");
        refused(alice.post(mixed + ":commit", "{}"), 400, "mixed_formats", "csv and parquet");
        refused(alice.post(broken + ":commit", "{}"), 400, "unreadable_file", "\"b.parquet\"");
        refused(
                alice.send("PUT", empty + "/files/a/..%2fb", "application/octet-stream", "x"),
                400,
                "invalid_field",
                "path");
        assertThat(ok(alice.get(dataset + "/versions")).getAsJsonArray("versions"))
                .isEmpty();
    }

    @Test
    void whoMayNotReadIsToldThatThereIsNone() {
        // Given
        String dataset = dataset("");
        version(dataset, "a.csv", "n\n1\n");
        String name = dataset.substring(API.length() + 1);

        // Then
        for (String address : new String[] {"", "/versions", "/versions/1", "/preview", "/versions/1/files/a.csv"}) {
            refused(bob.get(dataset + address), 404, "not_found", "There is no dataset \"" + name + "\"");
        }
        refused(bob.post(dataset + ":open", "{}"), 404, "not_found", name);
        refused(bob.post(API, "{\"name\":\"" + name + "\"}"), 409, "already_exists", name);

        // When
        ok(alice.patch(dataset, "{\"readers\":[\"bob\"]}"));

        // Then
        assertThat(bob.get(dataset + "/versions/1/files/a.csv").body()).isEqualTo("n\n1\n");
        assertThat(ok(bob.get(API + "?search=" + name)).getAsJsonArray("datasets"))
                .hasSize(1);
        refused(bob.patch(dataset, "{\"readers\":[\"*\"]}"), 403, "forbidden", "alice");
        refused(bob.post(dataset + "/uploads", "{}"), 403, "forbidden", "alice");
        assertThat(bob.delete(dataset).statusCode()).isEqualTo(403);
    }

    @Test
    void streamsTheRowsThatPassOnce() throws IOException, InterruptedException {
        // Given
        String dataset = dataset("");
        version(dataset, "a.csv", "n,t\n1,a\n2,b\n3,c\n");

        // When
        JsonObject plan =
                ok(alice.post(dataset + ":open", "{\"columns\":[\"n\"],\"where\":\"t in ('a','c') and n < 10\"}"));
        String arrow = plan.get("arrow").getAsString();

        // Then
        try (InputStream body = stream(alice, arrow);
                RootAllocator memory = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(body, memory)) {
            assertThat(reader.loadNextBatch()).isTrue();
            BigIntVector numbers = (BigIntVector) reader.getVectorSchemaRoot().getVector(0);
            assertThat(reader.getVectorSchemaRoot().getFieldVectors()).hasSize(1);
            assertThat(numbers.getValueCount()).isEqualTo(2);
            assertThat(numbers.get(1)).isEqualTo(3);
            assertThat(reader.loadNextBatch()).isFalse();
        }
        refused(alice.get(arrow), 409, "read_used", "Open the dataset again");
        refused(alice.post(dataset + ":open", "{\"where\":\"x = 1\"}"), 400, "bad_filter", "no column \"x\"");
        refused(alice.post(dataset + ":open", "{\"columns\":[\"x\"]}"), 400, "invalid_field", "no column \"x\"");
        refused(alice.post(dataset + ":open", "{\"version\":7}"), 404, "not_found", "@7");
        refused(bob.get(arrow), 404, "not_found", "dataset");
    }

    private static InputStream stream(TestingClient client, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Authorization", client.header("Authorization"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return new java.io.ByteArrayInputStream(response.body());
        }
    }

    @Test
    void answersRanges() {
        // Given
        String dataset = dataset("");
        version(dataset, "a.bin", "0123456789");
        String file = dataset + "/versions/1/files/a.bin";

        // Then
        assertThat(alice.with("Range", "bytes=2-4").get(file).body()).isEqualTo("234");
        assertThat(alice.with("Range", "bytes=2-4").get(file).statusCode()).isEqualTo(206);
        assertThat(alice.with("Range", "bytes=-3").get(file).body()).isEqualTo("789");
        assertThat(alice.with("Range", "bytes=8-100").get(file).headers().firstValue("Content-Range"))
                .contains("bytes 8-9/10");
        assertThat(alice.with("Range", "bytes=10-").get(file).statusCode()).isEqualTo(416);
        assertThat(alice.with("Range", "bytes=0-1,3-4").get(file).body()).isEqualTo("0123456789");
        assertThat(alice.get(file).headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        refused(alice.get(dataset + "/versions/1/files/b.bin"), 404, "not_found", "b.bin");
    }

    @Test
    void showsWhatIsInItWithoutReadingIt() {
        // Given
        String dataset = dataset("");
        version(dataset, "a.jsonl", "{\"n\":1,\"t\":\"<b>\"}\n{\"n\":null}\n");

        // When
        JsonObject preview = ok(alice.get(dataset + "/preview"));

        // Then
        JsonObject column = preview.getAsJsonArray("columns").get(0).getAsJsonObject();
        assertThat(column.get("nulls").getAsLong()).isEqualTo(1);
        assertThat(column.get("max").getAsLong()).isEqualTo(1);
        assertThat(preview.getAsJsonArray("rows").toString()).isEqualTo("[[1,\"<b>\"],[null,null]]");
        assertThat(preview.get("more").getAsBoolean()).isFalse();
    }

    @Test
    void tellsARunWhatItHasRead() {
        // Given
        String dataset = dataset("");
        version(dataset, "a.csv", "n\n1\n");
        String run = ok(alice.post("/mlflow/api/2.0/mlflow/runs/create", "{\"experiment_id\":\"0\",\"start_time\":1}"))
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("run_id")
                .getAsString();

        // When
        ok(alice.post(dataset + ":open", "{\"run\":\"" + run + "\"}"));

        // Then
        JsonElement inputs = ok(alice.get("/mlflow/api/2.0/mlflow/runs/get?run_id=" + run))
                .getAsJsonObject("run")
                .getAsJsonObject("inputs")
                .getAsJsonArray("dataset_inputs")
                .get(0);
        assertThat(inputs.toString())
                .contains(dataset.substring(API.length() + 1))
                .contains("@1");
    }

    /** Access that is withdrawn ends open streams. */
    @Test
    @Timeout(60)
    void endsAStreamWhenTheRightToReadIsWithdrawn() throws IOException, InterruptedException {
        // Given
        String dataset = dataset(",\"readers\":[\"bob\"]");
        version(dataset, "big.bin", "x".repeat(30_000_000));
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + dataset + "/versions/1/files/big.bin"))
                .header("Authorization", bob.header("Authorization"))
                .build();

        try (HttpClient http = HttpClient.newHttpClient();
                InputStream body =
                        http.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(body.readNBytes(1000)).hasSize(1000);

            // When
            ok(alice.patch(dataset, "{\"readers\":[]}"));
            Thread.sleep(6000);

            // Then
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void isGoneWithItsFiles() {
        // Given
        String dataset = dataset("");
        version(dataset, "a.csv", "n\n1\n");

        // When
        int status = alice.delete(dataset).statusCode();

        // Then
        assertThat(status).isEqualTo(204);
        refused(alice.get(dataset), 404, "not_found", "dataset");
        ok(alice.post(API, "{\"name\":\"" + dataset.substring(API.length() + 1) + "\"}"));
    }
}
