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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetPagesIT {

    private static final String HOSTILE = "\"><svg onload=alert(1)>' ü";
    private static final String ORDERS = "/datasets/sales/orders";
    private static final String PICTURES = "/datasets/sales/pictures";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient browser;
    private static TestingClient bob;

    @BeforeAll
    static void fill() {
        service = TestingService.start(data);
        browser = service.signIn("alice", Role.DEVELOPER);
        bob = service.signIn("bob", Role.DEVELOPER);
        make("sales/orders", HOSTILE, "bob");
        String rows = IntStream.range(0, 120).mapToObj(row -> row + ",x" + row).collect(Collectors.joining("\n"));
        version("sales/orders", "first", Map.of("a.csv", "qty,shop\n" + rows + "\n"));
        version(
                "sales/orders",
                HOSTILE,
                Map.of("a.csv", "qty,\"" + HOSTILE.replace("\"", "\"\"") + "\"\n1,<b>bold</b>\n,\n"));
        make("sales/pictures", "", "");
        version(
                "sales/pictures",
                "",
                Map.of(
                        "deep/" + HOSTILE + ".png",
                        "<script>alert(1)</script>",
                        "page.html",
                        "<script>",
                        "a.svg",
                        "<svg/>"));
        make("sales/empty", "", "*");
    }

    private static void make(String name, String description, String readers) {
        HttpResponse<String> made =
                browser.form("/datasets", Map.of("name", name, "description", description, "readers", readers));
        assertThat(made.statusCode()).isEqualTo(303);
        assertThat(made.headers().firstValue("Location")).contains("/datasets/" + name + "?done=dataset-made");
    }

    /** As the script of the upload page does it: with the session's cookie and token. */
    private static void version(String name, String note, Map<String, String> files) {
        String uploads = "/api/v1/datasets/" + name + "/uploads";
        String begun = browser.post(uploads, "{\"note\":\"" + note.replace("\"", "\\\"") + "\"}")
                .body();
        String id = JsonParser.parseString(begun).getAsJsonObject().get("id").getAsString();
        files.forEach((path, content) -> assertThat(browser.send(
                                "PUT",
                                uploads + "/" + id + "/files/"
                                        + encode(path).replace("+", "%20").replace("%2F", "/") + "?offset=0",
                                "application/octet-stream",
                                content)
                        .statusCode())
                .isEqualTo(200));
        assertThat(browser.post(uploads + "/" + id + ":commit", "{}").statusCode())
                .isEqualTo(201);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theListHasWhatOneMayReadAndASearchNarrowsIt() {
        assertThat(browser.open("/datasets").body())
                .contains("sales/orders", "sales/pictures", "none yet", "id=\"new-dataset\"")
                .doesNotContain("<svg onload");
        assertThat(bob.open("/datasets").body()).contains("sales/orders").doesNotContain("sales/pictures");
        assertThat(browser.open("/datasets?search=pict").body())
                .contains("sales/pictures")
                .doesNotContain("sales/orders");
        assertThat(browser.open("/datasets?search=nothing-like-it").body()).contains("id=\"no-datasets\"", "Show all");
    }

    @Test
    void theNewestVersionIsShownWithWhatItsColumnsHold() {
        // When
        String html = browser.open(ORDERS).body();

        // Then
        assertThat(html)
                .contains(
                        "Version 2, the newest", "sampled <time", "50 %", "&lt;b&gt;bold&lt;/b&gt;", "id=\"versions\"")
                .contains("bt.dataset(\"sales/orders\")")
                .doesNotContain("<svg onload", "<b>bold");
    }

    @Test
    void anOlderVersionIsShownOnDemandAndMoreOfItsRows() {
        // When
        String first = browser.open(ORDERS + "?version=1").body();
        String more = browser.open(ORDERS + "?version=1&rows=5000").body();

        // Then
        assertThat(first)
                .contains("version=1", "class=\"histogram\"", "Show all 120", "The first 50 of 120 rows")
                .contains("<td>x49</td>")
                .doesNotContain("<td>x50</td>");
        assertThat(more).contains("<td>x119</td>").doesNotContain("id=\"more-rows\"");
    }

    @Test
    void filesAreDownloadedAndOnlyPicturesAreShown() {
        // When
        String html = browser.open(PICTURES).body();
        HttpResponse<String> page = browser.get(PICTURES + "/files/download?version=1&path=page.html");
        HttpResponse<String> picture = image("deep/" + HOSTILE + ".png");

        // Then
        assertThat(html)
                .contains("id=\"pictures\"", "/files/image?version=1&amp;path=deep%2F%22%3E%3Csvg")
                .doesNotContain("<svg onload", "image?version=1&amp;path=a.svg");
        assertThat(page.body()).isEqualTo("<script>");
        assertThat(page.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains("page.html");
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(picture.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(picture.headers().allValues("Content-Security-Policy"))
                .anyMatch(policy -> policy.contains("sandbox") && policy.contains("default-src 'none'"));
    }

    private static HttpResponse<String> image(String path) {
        return browser.with("Accept", "image/avif,image/webp,image/*")
                .get(PICTURES + "/files/image?version=1&path=" + encode(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.svg", "page.html", "missing.png", "deep"})
    void nothingElseIsShownAsAPicture(String path) {
        assertThat(image(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../..", "a//b", "a%00b", "a%0Ab"})
    void aPathThatLeadsElsewhereIsRefused(String path) {
        assertThat(browser.open(PICTURES + "/files/download?version=1&path=" + path)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void onlyTheOwnerChangesItAndSeesWhoHasReadIt() {
        // Given
        bob.post("/api/v1" + ORDERS + ":open", "{\"where\":\"qty = 1\"}");

        // When
        String own = browser.open(ORDERS).body();
        String shared = bob.open(ORDERS).body();

        // Then
        assertThat(own).contains("id=\"reads\"", "<code>qty = 1</code>", "id=\"settings\"", "id=\"upload-files\"");
        assertThat(shared)
                .doesNotContain("id=\"reads\"", "id=\"settings\"", "id=\"upload-files\"", "id=\"delete-link\"");
        for (String what : new String[] {"/upload", "/delete"}) {
            assertThat(bob.open(ORDERS + what).statusCode()).as(what).isEqualTo(403);
        }
        for (String what : new String[] {"/change", "/delete"}) {
            assertThat(bob.form(ORDERS + what, Map.of("description", "x")).statusCode())
                    .as(what)
                    .isEqualTo(403);
        }
    }

    @Test
    void whoMayNotReadItFindsNothing() {
        for (String what : new String[] {
            "", "/upload", "/delete", "/files/download?version=1&path=a.svg", "/files/image?version=1&path=a.png"
        }) {
            assertThat(bob.open(PICTURES + what).statusCode()).as(what).isEqualTo(404);
        }
        assertThat(bob.form(PICTURES + "/delete", Map.of()).statusCode()).isEqualTo(404);
        assertThat(service.signIn("root", Role.ADMIN).open(PICTURES).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsSaidOfItCanBeChanged() {
        // Given
        make("sales/changing", "", "");
        String page = "/datasets/sales/changing";

        // When
        browser.form(
                page + "/change",
                Map.of("description", "a\r\nb", "tags", "team = sales\r\n\r\nurl=a=b", "readers", "bob; carol"));
        HttpResponse<String> refused = browser.form(
                page + "/change", Map.of("description", "not saved", "tags", "no sign", "readers", "Not A Name!"));

        // Then
        assertThat(bob.open(page).body()).contains("team: sales", "url: a=b", "alice, bob, carol");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains(
                        "It must be one in a line",
                        "<details class=\"apart-above\" id=\"settings\" open",
                        ">not saved<");
        assertThat(bob.open(page).body()).doesNotContain("not saved");
    }

    @Test
    void aRefusedNameIsToldAtItsField() {
        // When
        HttpResponse<String> wrong =
                browser.form("/datasets", Map.of("name", "One Word", "description", "not saved", "readers", ""));
        HttpResponse<String> taken =
                browser.form("/datasets", Map.of("name", "sales/orders", "description", "", "readers", ""));

        // Then
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("id=\"name-error\"", "One Word", ">not saved<");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body()).contains("id=\"dataset-problem\"", "already");
    }

    @Test
    void anEmptyDatasetSaysWhatToDoNext() {
        assertThat(browser.open("/datasets/sales/empty").body())
                .contains("id=\"no-version\"", "/datasets/sales/empty/upload", "bt.save_dataset");
        assertThat(bob.open("/datasets/sales/empty").body())
                .contains("id=\"no-version\"", "ask alice")
                .doesNotContain("/upload");
        assertThat(browser.open("/datasets/sales/empty/upload").body())
                .contains("data-upload=\"/api/v1/datasets/sales/empty/uploads\"", "become version 1,");
    }

    @Test
    void deletingAsksBeforeItDoesIt() {
        // Given
        make("sales/going", "", "");

        // When
        String asked = browser.open("/datasets/sales/going/delete").body();
        HttpResponse<String> deleted = browser.form("/datasets/sales/going/delete", Map.of());

        // Then
        assertThat(asked).contains("id=\"delete-confirm\"", "cannot be undone");
        assertThat(deleted.headers().firstValue("Location")).contains("/datasets?done=dataset-deleted");
        assertThat(browser.open("/datasets/sales/going").statusCode()).isEqualTo(404);
    }
}
