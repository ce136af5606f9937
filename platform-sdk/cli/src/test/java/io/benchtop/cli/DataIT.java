package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchtop data …} and {@code benchtop connections …}. */
class DataIT {

    private static final String VERSION = """
            {"number":3,"createdAt":"2026-11-21T09:00:00Z","createdBy":"alice","format":"csv","rows":2,"bytes":2097152,
             "digest":"00","columns":[{"name":"qty","type":"int64","nullable":false}]}""";
    private static final String DATASET = """
            {"name":"sales/orders","description":"Orders","owner":"alice","kind":"managed","latest":%s,"readers":["*"],
             "changedAt":"2026-11-21T09:00:00Z","createdAt":"2026-11-21T09:00:00Z","source":{"kind":"managed"},"mine":true}""".formatted(VERSION);
    private static final String CONNECTION = """
            {"name":"lake","kind":"s3","description":"Our lake","owner":"alice","settings":{"bucket":"lake"},"secretSet":true,
             "state":"answers","checkedAt":null}""";

    @TempDir
    private Path home;

    private FakeBenchtop benchtop;
    private Terminal terminal;

    @BeforeEach
    void start() throws IOException {
        benchtop = FakeBenchtop.start();
        terminal = new Terminal(home).with("BENCHTOP_URL", benchtop.url()).with("BENCHTOP_TOKEN", "t");
        benchtop.json("GET /api/v1/datasets", 200, "{\"datasets\":[" + DATASET + "]}")
                .json("GET /api/v1/datasets/sales/orders", 200, DATASET)
                .json("DELETE /api/v1/datasets/sales/orders", 204, "")
                .json("GET /api/v1/datasets/sales/orders/preview?version=3", 200, """
                        {"version":3,"takenAt":"2026-11-21T09:00:00Z","rows":[[7],[null]],"more":false,
                         "columns":[{"name":"qty","type":"int64","nullable":true,"count":2,"nulls":1}]}""")
                .json("GET /api/v1/connections", 200, "{\"connections\":[" + CONNECTION + "]}")
                .json("POST /api/v1/connections", 201, CONNECTION)
                .json("DELETE /api/v1/connections/lake", 204, "")
                .json(
                        "POST /api/v1/connections/lake:test",
                        200,
                        "{\"ok\":false,\"message\":\"No such bucket: lake.\"}");
    }

    @AfterEach
    void stop() {
        benchtop.close();
    }

    @Test
    void listsAndShowsDatasets() {
        assertThat(terminal.run("data", "ls").out()).contains("sales/orders", "managed", "2 MiB", "alice");
        assertThat(terminal.run("data", "ls", "--json").out()).contains("\"number\": 3");
        assertThat(terminal.run("data", "show", "sales/orders").out()).contains("qty  int64", "Orders", "*");
    }

    @Test
    void previewsRows() {
        // When
        var outcome = terminal.run("data", "preview", "sales/orders", "--version", "3");

        // Then
        assertThat(outcome.out().lines()).startsWith("qty", "7");
    }

    @Test
    void listsAndComparesRuns() {
        // Given
        var api = "/mlflow/api/2.0/mlflow/";
        benchtop.json(
                        "GET " + api + "experiments/get-by-name?experiment_name=churn",
                        200,
                        "{\"experiment\":{\"experiment_id\":\"7\"}}")
                .json("POST " + api + "runs/search", 200, "{\"runs\":[" + run("a", "0.5") + "]}")
                .json("GET " + api + "runs/get?run_id=a", 200, "{\"run\":" + run("a", "0.5") + "}")
                .json("GET " + api + "runs/get?run_id=b", 200, "{\"run\":" + run("b", "0.25") + "}");

        // Then
        assertThat(terminal.run("runs", "ls", "churn").out()).contains("FINISHED", "loss=0.5");
        assertThat(terminal.run("runs", "show", "a").out()).contains("metric loss", "param rate");
        assertThat(terminal.run("runs", "compare", "a", "b").out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(" a b", "rate 0.1 0.1", "loss 0.5 0.25 *");
    }

    private static String run(String id, String loss) {
        return """
                {"info":{"run_id":"%s","run_name":"first","status":"FINISHED","start_time":1000},
                 "data":{"params":[{"key":"rate","value":"0.1"}],"metrics":[{"key":"loss","value":%s}]}}""".formatted(id, loss);
    }

    @Test
    void refusesANameThatIsNone() {
        // When
        var outcome = terminal.run("data", "show", "orders");

        // Then
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).contains("'orders' is no name of a dataset");
        assertThat(benchtop.requests).isEmpty();
    }

    @Test
    void deletesOnlyWhatOneMeans() {
        assertThat(terminal.run("data", "rm", "sales/orders").exitCode()).isNotZero();
        assertThat(benchtop.requests).isEmpty();
        assertThat(terminal.run("data", "rm", "sales/orders", "--yes").out()).contains("is deleted");
    }

    @Test
    void uploadsNothingWhenAFileIsMissing() throws IOException {
        // Given
        Files.writeString(home.resolve("a.csv"), "qty\n1\n");

        // When
        var outcome = terminal.run(
                "data",
                "upload",
                "sales/orders",
                home.resolve("a.csv").toString(),
                home.resolve("b.csv").toString());

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("b.csv");
        assertThat(benchtop.requests).isEmpty();
    }

    @Test
    void listsTestsAndRemovesConnections() {
        assertThat(terminal.run("connections", "ls").out()).contains("lake", "s3", "Our lake");
        var tested = terminal.run("connections", "test", "lake");
        assertThat(tested.exitCode()).isEqualTo(1);
        assertThat(tested.out()).contains("No such bucket: lake.");
        assertThat(terminal.run("connections", "rm", "lake").out()).contains("removed");
    }

    @Test
    void addsAConnectionAndRefusesSettingsThatThereAreNot() {
        // When
        var refused = terminal.run("connections", "add", "lake", "--kind", "folder", "--set", "color=red");
        var added = terminal.run("connections", "add", "lake", "--kind", "folder", "--set", "path=/data");

        // Then
        assertThat(refused.err()).contains("no setting 'color'", "bucket");
        assertThat(added.out()).contains("'lake' is there");
        assertThat(benchtop.requests).hasSize(1);
        assertThat(benchtop.requests.getLast().body()).contains("\"path\":\"/data\"");
    }
}
