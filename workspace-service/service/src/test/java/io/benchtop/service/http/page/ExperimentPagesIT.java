package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentPagesIT {

    private static final String API = "/mlflow/api/2.0/mlflow/";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient browser;
    private static String experiment;
    private static String run;

    @BeforeAll
    static void log() {
        service = TestingService.start(data);
        TestingClient program = service.program("alice", Role.DEVELOPER);
        browser = service.signIn("alice", Role.DEVELOPER);
        experiment = field(program.post(API + "experiments/create", "{\"name\":\"<b>iris</b>\"}"), "experiment_id");
        run = field(
                program.post(
                        API + "runs/create",
                        "{\"experiment_id\":\"" + experiment + "\",\"run_name\":\"<i>tree</i>\",\"start_time\":1}"),
                "run",
                "info",
                "run_id");
        program.post(
                API + "runs/log-batch",
                "{\"run_id\":\"" + run + "\",\"metrics\":[{\"key\":\"accuracy\",\"value\":0.91234567,\"timestamp\":1,"
                        + "\"step\":3},{\"key\":\"lost\",\"value\":NaN,\"timestamp\":1,\"step\":0}],"
                        + "\"params\":[{\"key\":\"depth\",\"value\":\"<u>3</u>\"}]}");
        program.post(API + "runs/update", "{\"run_id\":\"" + run + "\",\"status\":\"FAILED\",\"end_time\":61001}");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String field(HttpResponse<String> response, String... path) {
        var found = JsonParser.parseString(response.body()).getAsJsonObject();
        for (int depth = 0; depth < path.length - 1; depth++) {
            found = found.getAsJsonObject(path[depth]);
        }
        return found.get(path[path.length - 1]).getAsString();
    }

    private static HttpResponse<String> search(String filter, String order) {
        return browser.open(
                "/experiments/" + experiment + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)
                        + "&order=" + URLEncoder.encode(order, StandardCharsets.UTF_8));
    }

    @Test
    void showsRunsBesideEachOtherAndNothingOfThemAsMarkup() {
        // When
        String list = browser.open("/experiments").body();
        String runs = search("", "metrics.accuracy DESC").body();
        String single =
                browser.open("/experiments/" + experiment + "/runs/" + run).body();

        // Then
        assertThat(list).contains("&lt;b&gt;iris&lt;/b&gt;").doesNotContain("<b>iris</b>");
        assertThat(runs)
                .contains("&lt;i&gt;tree&lt;/i&gt;", "failed", "1 min", "0.912346", "NaN", "&lt;u&gt;3&lt;/u&gt;")
                .doesNotContain("<i>tree</i>", "<u>3</u>");
        assertThat(single)
                .contains("0.91234567", "&lt;u&gt;3&lt;/u&gt;", "mlflow.user")
                .doesNotContain("<u>3</u>");
    }

    @Test
    void aSearchFindsOrSaysWhatIsWrongWithIt() {
        // When
        HttpResponse<String> nothing = search("metrics.accuracy > 0.95", "");
        HttpResponse<String> wrong = search("metrics.accuracy > '\"><script>'", "");

        // Then
        assertThat(nothing.body()).contains("No run fits");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("filter: at character 20", "must be a number")
                .doesNotContain("<script>'");
    }

    @Test
    void nobodyElseSeesThem() {
        // Given
        TestingClient bob = service.signIn("bob", Role.DEVELOPER);

        // Then
        assertThat(bob.open("/experiments/" + experiment).statusCode()).isEqualTo(404);
        assertThat(bob.open("/experiments/" + experiment + "/runs/" + run).statusCode())
                .isEqualTo(404);
        assertThat(bob.open("/experiments").body()).contains("Nothing was logged yet");
    }
}
