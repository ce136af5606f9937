package io.benchtop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code benchtop endpoints …}. */
class EndpointsIT {

    private static final String ENDPOINT = "/api/v1/endpoints/risk";

    @TempDir
    private Path home;

    private FakeBenchtop benchtop;
    private Terminal terminal;

    @BeforeEach
    void start() throws IOException {
        benchtop = FakeBenchtop.start();
        terminal = new Terminal(home).with("BENCHTOP_URL", benchtop.url()).with("BENCHTOP_TOKEN", "t");
        benchtop.json("PATCH " + ENDPOINT, 202, ServingJson.endpoint())
                .json("DELETE " + ENDPOINT, 202, "")
                .json("POST /serve/risk/v2/models/risk/infer", 200, "{\"model_version\":\"1.2.3\",\"outputs\":[]}")
                .json("POST " + ENDPOINT + "/tokens", 201, """
                        {"id":"tokenid","name":"checkout","token":"bt_tokenid_secret","expiresAt":"2026-12-21T09:00:00Z"}""");
    }

    @AfterEach
    void stop() {
        benchtop.close();
    }

    private String sent() {
        return benchtop.requests.getLast().body();
    }

    @Test
    void listsAndShowsEndpoints() {
        assertThat(terminal.run("endpoints").out()).contains("risk", "1.2.2 95 %, 1.2.3 5 %", "PROGRESSING");
        assertThat(terminal.run("endpoints", "ls", "--json").out()).contains("\"phase\": \"PROGRESSING\"");
        assertThat(terminal.run("endpoints", "show", "risk").out())
                .contains(
                        "PROGRESSING, step 1 of 3: 1.2.3 gets 5 %", "X-Subject", "0.50 %", "30 ms", "PROMOTED", "ada");
    }

    @Test
    void tellsHowATrialStands() {
        // Given
        benchtop.json("GET " + ENDPOINT + "/trials", 200, "{\"trials\":[" + ServingJson.trial() + "]}")
                .json("GET " + ENDPOINT + "/trials/2", 200, ServingJson.trial())
                .json("GET /api/v1/endpoints/none/trials", 200, "{\"trials\":[]}");

        // Then
        assertThat(terminal.run("endpoints", "trial", "risk").out())
                .contains(
                        "1.2.3 is better than 1.2.2.",
                        "20.00 %, between -10.00 % and any number",
                        "25 % of 14193",
                        "above an uplift of 10.00 %",
                        "5.00 %");
        assertThat(terminal.run("endpoints", "trial", "risk", "--number", "2", "--json")
                        .out())
                .contains("\"phase\": \"SWITCHED\"");
        assertThat(terminal.run("endpoints", "trial", "none").out()).contains("No trial was begun at none.");
    }

    @Test
    void promotesAllAtOnceUnlessToldOtherwise() {
        // When
        var outcome = terminal.run("endpoints", "promote", "risk@production", "risk");

        // Then
        assertThat(outcome.out()).contains("PROGRESSING");
        assertThat(sent()).isEqualTo("{\"model\":\"risk\",\"version\":\"production\"}");
    }

    @Test
    void promotesStepByStepWithBounds() {
        // When
        var line = "endpoints promote risk@1.2.3 risk --canary 5,20,50 --every 30m --max-error-rate 0.01 --max-p99 50";
        terminal.run(line.split(" "));

        // Then
        assertThat(sent())
                .contains(
                        "\"kind\":\"CANARY\"",
                        "\"steps\":[5,20,50]",
                        "\"everySeconds\":1800",
                        "\"maxErrorRate\":0.01",
                        "\"maxP99Millis\":50.0");
    }

    @Test
    void splitsAndShadows() {
        terminal.run("endpoints promote risk@0.0.2 risk --split 0.0.1=90,0.0.2=10".split(" "));
        assertThat(sent()).contains("\"kind\":\"SPLIT\",\"weights\":{\"0.0.1\":90.0,\"0.0.2\":10.0}");
        terminal.run("endpoints promote risk@0.0.2 risk --shadow 20".split(" "));
        assertThat(sent()).contains("\"kind\":\"SHADOW\",\"percent\":20");
    }

    @Test
    void tellsOfAShadowAndEndsIt() {
        // Given
        var shadowed =
                ServingJson.endpoint().replace("\"shadow\":null", "\"shadow\":{\"version\":\"1.2.4\",\"percent\":20}");
        benchtop.json("GET " + ENDPOINT, 200, shadowed)
                .json("DELETE " + ENDPOINT + "/shadow", 202, ServingJson.endpoint());

        // Then
        assertThat(terminal.run("endpoints", "show", "risk").out())
                .contains("1.2.4 is asked copies of 20 % of the requests.");
        assertThat(terminal.run("endpoints", "end-shadow", "risk").out())
                .contains("PROGRESSING")
                .doesNotContain("1.2.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "promote risk risk",
                "promote risk@1.2.3",
                "promote risk@1.2.3 risk --canary 5 --shadow 20",
                "promote risk@1.2.3 risk --every 30m",
                "promote risk@1.2.3 risk --canary five",
                "promote risk@1.2.3 risk --canary 5 --every soon",
                "set risk",
                "rm risk",
                "infer risk --data missing.json"
            })
    void asksNothingOfTheServiceWithAWrongCommandLine(String line) {
        // When
        var outcome = terminal.run(("endpoints " + line).split(" "));

        // Then
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("benchtop: ");
        assertThat(benchtop.requests).isEmpty();
    }

    @Test
    void rollsBackWithAReason() {
        // When
        terminal.run("endpoints", "rollback", "risk", "--reason", "too many errors");

        // Then
        assertThat(sent()).isEqualTo("{\"reason\":\"too many errors\"}");
    }

    @Test
    void whatOthersWroteCannotSteerTheTerminal() {
        // Given
        var coloured = ServingJson.endpoint().replace("1.2.3 gets", "\\u001b[31m1.2.3 gets");
        benchtop.json("POST " + ENDPOINT + ":rollback", 202, coloured);

        // When
        var outcome = terminal.run("endpoints", "rollback", "risk");

        // Then
        assertThat(outcome.out()).contains("1.2.3 gets 5 %").doesNotContain("\u001b");
    }

    @Test
    void changesOnlyWhatIsSaid() {
        terminal.run("endpoints", "set", "risk", "--callers", "alice,bob");
        assertThat(sent()).isEqualTo("{\"callers\":[\"alice\",\"bob\"]}");
        terminal.run("endpoints", "set", "risk", "--callers", "");
        assertThat(sent()).isEqualTo("{\"callers\":[]}");
        terminal.run("endpoints", "set", "risk", "--burst", "7", "--requests-per-day", "5000", "--idle-after", "15m");
        assertThat(sent())
                .isEqualTo("{\"limits\":{\"burst\":7,\"requestsPerDay\":5000},\"scaling\":{\"idleAfterSeconds\":900}}");
    }

    @Test
    void choosesHardware() {
        terminal.run("endpoints", "set", "risk", "--hardware", "gpu");
        assertThat(sent()).isEqualTo("{\"hardware\":\"gpu\"}");
        terminal.run("endpoints", "promote", "risk@0.0.2", "risk", "--hardware", "gpu");
        assertThat(sent()).endsWith("\"settings\":{\"hardware\":\"gpu\"}}");
    }

    @Test
    void keepsTheOtherHalfOfWhatIsSticky() {
        terminal.run("endpoints", "set", "risk", "--sticky-header", "X-User-Id");
        assertThat(sent()).isEqualTo("{\"sticky\":{\"header\":\"X-User-Id\",\"cookie\":true}}");
        terminal.run("endpoints", "set", "risk", "--sticky-cookie", "false");
        assertThat(sent()).isEqualTo("{\"sticky\":{\"header\":\"X-Subject\",\"cookie\":false}}");
    }

    @Test
    void makesATokenWhoseSecretIsAloneOnStandardOutput() {
        // When
        var outcome = terminal.run("endpoints", "token", "risk", "checkout", "--expires-in", "90d");

        // Then
        assertThat(outcome.out()).isEqualTo("bt_tokenid_secret\n");
        assertThat(outcome.err()).contains("opens risk until").doesNotContain("secret");
        assertThat(sent()).isEqualTo("{\"client\":\"checkout\",\"expiresIn\":\"P90D\"}");
    }

    @Test
    void asksAnEndpointAsItsClientsDo() throws IOException {
        // Given
        var request = Files.writeString(home.resolve("request.json"), "{\"inputs\":[]}");

        // When
        var fromFile = terminal.run("endpoints", "infer", "risk", "--data", request.toString());
        var piped = terminal.piping("{\"inputs\":[1]}").run("endpoints", "infer", "risk", "--data", "-");

        // Then
        assertThat(fromFile.out()).contains("\"model_version\":\"1.2.3\"");
        assertThat(piped.exitCode()).isZero();
        assertThat(benchtop.requests)
                .extracting(FakeBenchtop.Request::body)
                .contains("{\"inputs\":[]}", "{\"inputs\":[1]}");
    }

    @Test
    void sendsItsTokenToNobodyElse() throws IOException {
        // Given
        try (var other = FakeBenchtop.start()) {
            var elsewhere = ServingJson.endpoint().replace("/serve/risk", other.url() + "/serve/risk");
            benchtop.json("GET " + ENDPOINT, 200, elsewhere);

            // When
            var outcome = terminal.piping("{}").run("endpoints", "infer", "risk", "--data", "-");

            // Then
            assertThat(outcome.exitCode()).isZero();
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void deletesOnlyWhatOneMeans() {
        terminal.typing("risk2", "risk");
        assertThat(terminal.run("endpoints", "rm", "risk").exitCode()).isEqualTo(1);
        assertThat(benchtop.requests).isEmpty();
        assertThat(terminal.run("endpoints", "rm", "risk").out()).contains("risk is deleted.");
    }
}
