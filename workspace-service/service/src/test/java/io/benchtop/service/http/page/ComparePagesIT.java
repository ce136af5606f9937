package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparePagesIT {

    private static final String API = "/mlflow/api/2.0/mlflow/";
    private static final String HOSTILE = "'\\\"><svg onload=alert(1)>\\nx";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient program;
    private static TestingClient browser;
    private static String experiment;
    private static final List<String> RUNS = new ArrayList<>();

    @BeforeAll
    static void log() {
        service = TestingService.start(data);
        program = service.program("alice", Role.DEVELOPER);
        browser = service.signIn("alice", Role.DEVELOPER);
        experiment = experiment("iris");
        for (int place = 0; place < 11; place++) {
            RUNS.add(run(experiment, place == 0 ? HOSTILE : "run " + place));
        }
        batch(RUNS.get(0), "[[\"loss\",0,1.0],[\"loss\",1,0.5]]", Map.of("depth", "3", "seed", "7", "kind", HOSTILE));
        batch(RUNS.get(1), "[[\"loss\",0,2.0],[\"loss\",1,0.25]]", Map.of("depth", "9", "seed", "7", "kind", "net"));
        batch(RUNS.get(2), "[[\"accuracy\",0,0.9]]", Map.of("seed", "7"));
    }

    private static String experiment(String name) {
        return JsonParser.parseString(program.post(API + "experiments/create", "{\"name\":\"" + name + "\"}")
                        .body())
                .getAsJsonObject()
                .get("experiment_id")
                .getAsString();
    }

    private static String run(String of, String name) {
        return JsonParser.parseString(program.post(
                                API + "runs/create",
                                "{\"experiment_id\":\"" + of + "\",\"run_name\":\"" + name + "\",\"tags\":[{\"key\":"
                                        + "\"team\",\"value\":\"blue\"}]}")
                        .body())
                .getAsJsonObject()
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("run_id")
                .getAsString();
    }

    private static void batch(String run, String values, Map<String, String> params) {
        String metrics = JsonParser.parseString(values).getAsJsonArray().asList().stream()
                .map(value -> value.getAsJsonArray())
                .map(value -> "{\"key\":" + value.get(0) + ",\"step\":" + value.get(1) + ",\"value\":" + value.get(2)
                        + ",\"timestamp\":1}")
                .collect(Collectors.joining(","));
        String logged = params.entrySet().stream()
                .map(param -> "{\"key\":\"" + param.getKey() + "\",\"value\":\"" + param.getValue() + "\"}")
                .collect(Collectors.joining(","));
        assertThat(program.post(
                                API + "runs/log-batch",
                                "{\"run_id\":\"" + run + "\",\"metrics\":[" + metrics + "],\"params\":[" + logged
                                        + "]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> compare(String query) {
        return browser.open("/experiments/" + experiment + "/compare" + query);
    }

    private static String row(String html, String name) {
        int at = html.indexOf("<th scope=\"row\">" + name);
        return html.substring(html.lastIndexOf("<tr", at), html.indexOf("</tr>", at));
    }

    @Test
    void whatDiffersIsMarkedAndTheRestIsNot() {
        // When
        String html = compare("?runs=" + RUNS.get(0) + "," + RUNS.get(1)).body();

        // Then
        assertThat(row(html, "depth")).contains("class=\"differs\"", "≠", "<div>3</div>", "<div>9</div>");
        assertThat(row(html, "seed")).contains("class=\"same\"").doesNotContain("≠");
        assertThat(row(html, "loss")).contains("class=\"differs\"", "<div>0.5</div>", "<div>0.25</div>");
        assertThat(row(html, "team")).contains("class=\"same\"");
        assertThat(html).contains("The courses of loss in 2 runs");
    }

    @Test
    void aBrowserNamesTheRunsOneByOneAndWhatARunLacksDiffers() {
        // When
        String html = compare("?runs=" + RUNS.get(1) + "&runs=" + RUNS.get(2)).body();

        // Then
        assertThat(row(html, "depth")).contains("class=\"differs\"", "<div>9</div>", "<div></div>");
        assertThat(html).contains("value=\"" + RUNS.get(1) + "," + RUNS.get(2) + "\"");
    }

    @Test
    void allRunsLieInOnePictureByWhatIsChosen() {
        // When
        String usual = compare("").body();
        String chosen = compare("?param=kind&metric=loss&axis=kind&axis=seed&axis=nothing")
                .body();

        // Then
        assertThat(usual)
                .contains(
                        "id=\"none-compared\"",
                        "{&#34;kind&#34;:&#34;scatter&#34;",
                        "{&#34;kind&#34;:&#34;parallel&#34;")
                .contains("<option value=\"depth\" selected>", "<option value=\"accuracy\" selected>");
        assertThat(chosen)
                .contains("<option value=\"kind\" selected>", "<option value=\"loss\" selected>")
                .contains("&#34;told&#34;:&#34;net&#34;,&#34;colour&#34;:-1,&#34;at&#34;:[1,0.25]")
                .contains("&#34;values&#34;:[1,7.0,0.25]")
                .doesNotContain("nothing");
    }

    @Test
    void noTextOfARunBecomesMarkup() {
        for (String html : List.of(
                compare("?runs=" + RUNS.get(0) + "&param=kind&metric=loss").body(),
                browser.open("/experiments/" + experiment + "?columns=chosen&param=kind&tag=%3Csvg%20onload%3D1%3E")
                        .body(),
                browser.open("/experiments/" + experiment + "/runs/" + RUNS.get(0))
                        .body())) {
            assertThat(html).contains("&lt;svg onload").doesNotContain("<svg onload");
        }
    }

    @Test
    void chosenColumnsStayChosen() {
        // When
        String html = browser.open("/experiments/" + experiment + "?columns=chosen&param=seed&tag=team")
                .body();
        String none =
                browser.open("/experiments/" + experiment + "?columns=chosen").body();

        // Then
        assertThat(html)
                .contains("<th scope=\"col\">seed</th>", "<th scope=\"col\">team</th>")
                .contains("<input type=\"hidden\" name=\"param\" value=\"seed\">", "id=\"usual-columns\"")
                .doesNotContain("<th scope=\"col\">depth</th>");
        assertThat(none).doesNotContain("<th scope=\"col\">seed</th>", "<th scope=\"colgroup\"");
        assertThat(new RunSearchForm("a", "", 0, new RunColumns(true, List.of("a&b"), List.of(), List.of("c")))
                        .queryFrom(100))
                .isEqualTo("?filter=a&order=&from=100&columns=chosen&metric=a%26b&tag=c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "%3Cscript%3E", "00000000000000000000000000000000"})
    void aRunThatIsNotThereIsNotFound(String run) {
        assertThat(compare("?runs=" + RUNS.get(0) + "," + run).statusCode()).isEqualTo(404);
    }

    @Test
    void runsOfOtherExperimentsAndOtherPeopleAreNotFoundAndElevenAreTooMany() {
        // Given
        String other = run(experiment("wine"), "other");
        TestingClient bob = service.signIn("bob", Role.DEVELOPER);
        String ten = String.join(",", RUNS.subList(0, 10));

        // Then
        assertThat(compare("?runs=" + other).statusCode()).isEqualTo(404);
        assertThat(bob.open("/experiments/" + experiment + "/compare").statusCode())
                .isEqualTo(404);
        assertThat(bob.open("/experiments/0/compare?runs=" + RUNS.get(0)).statusCode())
                .isEqualTo(404);
        assertThat(compare("?runs=" + ten).statusCode()).isEqualTo(200);
        HttpResponse<String> eleven = compare("?runs=" + ten + "," + RUNS.get(10));
        assertThat(eleven.statusCode()).isEqualTo(400);
        assertThat(eleven.body()).contains("names 11 runs, and at most 10 can be compared");
    }
}
