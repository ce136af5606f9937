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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPagesIT {

    private static final String API = "/mlflow/api/2.0/mlflow/";
    private static final String HOSTILE = "\"><svg onload=alert(1)>' ü.png";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient program;
    private static TestingClient browser;
    private static String experiment;
    private static String run;

    @BeforeAll
    static void log() {
        service = TestingService.start(data);
        program = service.program("alice", Role.DEVELOPER);
        browser = service.signIn("alice", Role.DEVELOPER);
        experiment = JsonParser.parseString(program.post(API + "experiments/create", "{\"name\":\"iris\"}")
                        .body())
                .getAsJsonObject()
                .get("experiment_id")
                .getAsString();
        run = freshRun("tree");
        String losses = IntStream.range(0, 900)
                .mapToObj(step -> "{\"key\":\"loss\",\"value\":" + (step == 450 ? "NaN" : 1.0 / (step + 1))
                        + ",\"timestamp\":1,\"step\":" + step + "}")
                .collect(Collectors.joining(","));
        program.post(
                API + "runs/log-batch",
                "{\"run_id\":\"" + run + "\",\"metrics\":[" + losses
                        + ",{\"key\":\"once\",\"value\":1,\"timestamp\":1,\"step\":3}],"
                        + "\"params\":[{\"key\":\"text\",\"value\":\"a\\n'\\\"><script>alert(1)</script>\"}]}");
        upload("model/weights.bin", "0123456789");
        upload("plots/deep/" + HOSTILE, "<script>alert(1)</script>");
        upload("plots/page.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
        upload("report.html", "<script>alert(1)</script>");
    }

    private static String freshRun(String name) {
        return JsonParser.parseString(program.post(
                                API + "runs/create",
                                "{\"experiment_id\":\"" + experiment + "\",\"run_name\":\"" + name + "\"}")
                        .body())
                .getAsJsonObject()
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("run_id")
                .getAsString();
    }

    private static void upload(String path, String content) {
        String encoded = encode(path).replace("%2F", "/").replace("+", "%20");
        assertThat(program.send(
                                "PUT",
                                "/mlflow/api/2.0/mlflow-artifacts/artifacts/" + experiment + "/" + run + "/artifacts/"
                                        + encoded,
                                "application/octet-stream",
                                content)
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String page() {
        return "/experiments/" + experiment + "/runs/" + run;
    }

    private static HttpResponse<String> image(String path) {
        return browser.with("Accept", "image/avif,image/webp,image/*")
                .get(page() + "/files/image?path=" + encode(path));
    }

    @Test
    void drawsTheCourseOfAMetricAndTellsItsEnds() {
        // When
        String html = browser.open(page()).body();

        // Then
        assertThat(html)
                .contains(
                        "aria-label=\"The course of loss\"", "1 at 0", "0.00111111 at 899", "1 value that is no number")
                .contains("[898,0.0011123470522803114]")
                .doesNotContain("The course of once", "NaN]");
        assertThat(html).contains("src=\"/assets/echarts.js?v=", "src=\"/assets/charts.js?v=");
    }

    @Test
    void aRunWithoutCurvesAndFilesSaysSoAndLoadsNoCharts() {
        // When
        String html = browser.open("/experiments/" + experiment + "/runs/" + freshRun("empty"))
                .body();

        // Then
        assertThat(html).contains("id=\"no-files\"").doesNotContain("echarts", "data-chart");
    }

    @Test
    void foldersLeadToTheirFilesAndNoNameBecomesMarkup() {
        // When
        String top = browser.open(page()).body();
        String deep = browser.open(page() + "/files?path=plots%2Fdeep").body();
        String model = browser.open(page() + "/files?path=model").body();

        // Then
        assertThat(top)
                .contains(
                        "/files?path=plots\"", "/files?path=model\"", "/files/download?path=report.html\"", "25 bytes")
                .doesNotContain("<script>alert");
        assertThat(model).contains("weights.bin", "10 bytes").doesNotContain("id=\"pictures\"");
        assertThat(deep)
                .contains("/files?path=plots\"", "/files/image?path=plots%2Fdeep%2F%22%3E%3Csvg")
                .contains("\"&gt;&lt;svg onload=alert(1)&gt;' ü.png")
                .doesNotContain("<svg onload");
        assertThat(browser.open(page() + "/files").body()).contains("report.html");
    }

    @Test
    void aDownloadIsNeverOpenedAsWhatItSaysItIs() {
        // When
        HttpResponse<String> report = browser.get(page() + "/files/download?path=report.html");
        HttpResponse<String> hostile = browser.get(page() + "/files/download?path=" + encode("plots/deep/" + HOSTILE));

        // Then
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(report.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(report.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(report.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("report.html");
        assertThat(hostile.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"><svg onload=alert(1)>' .png\";"
                        + " filename*=utf-8''%22%3E%3Csvg%20onload%3Dalert%281%29%3E%27%20%C3%BC.png");
    }

    @Test
    void aPictureRunsNothingWhateverIsInIt() {
        // When
        HttpResponse<String> image = image("plots/deep/" + HOSTILE);

        // Then
        assertThat(image.statusCode()).isEqualTo(200);
        assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(image.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(image.headers().allValues("Content-Security-Policy"))
                .anyMatch(policy -> policy.contains("sandbox") && policy.contains("default-src 'none'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plots/page.svg", "report.html", "model/weights.bin", "missing.png", "plots"})
    void nothingElseIsShownAsAPicture(String path) {
        assertThat(image(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files?path=nothing",
                "/files?path=report.html",
                "/files/download?path=nothing",
                "/files/download?path=plots"
            })
    void whatIsNotThereIsNotFound(String path) {
        assertThat(browser.open(page() + path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../..", "a//b", "a%00b", "a%0Ab"})
    void aPathThatLeadsElsewhereIsRefused(String path) {
        for (String what : new String[] {"/files", "/files/download"}) {
            assertThat(browser.open(page() + what + "?path=" + path).statusCode())
                    .as(what)
                    .isEqualTo(400);
        }
        assertThat(browser.open(page() + "/files/download").statusCode()).isEqualTo(400);
    }

    @Test
    void nobodyElseSeesThem() {
        // Given
        TestingClient bob = service.signIn("bob", Role.DEVELOPER);
        String elsewhere = "/experiments/1/runs/" + run;

        // Then
        for (String what : new String[] {"", "/files", "/files/download?path=report.html", "/files/image?path=a.png"}) {
            assertThat(bob.open(page() + what).statusCode()).as(what).isEqualTo(404);
            assertThat(browser.open(elsewhere + what).statusCode()).as(what).isEqualTo(404);
            assertThat(browser.open("/experiments/" + experiment + "/runs/none" + what)
                            .statusCode())
                    .as(what)
                    .isEqualTo(404);
        }
        assertThat(service.signIn("root", Role.ADMIN).open(page()).statusCode()).isEqualTo(200);
    }
}
