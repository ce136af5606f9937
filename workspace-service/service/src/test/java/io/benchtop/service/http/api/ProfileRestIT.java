package io.benchtop.service.http.api;

import static io.benchtop.service.profile.SampleProfile.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.identity.Role;
import io.benchtop.service.profile.SampleProfile;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.FakeSpawner;
import io.benchtop.service.spawn.Spawner;
import io.benchtop.service.spawn.WorkspaceId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles over REST, and what people make of them. */
class ProfileRestIT {

    private static final String PROFILES = "/api/v1/profiles";
    private static final String WORKSPACES = "/api/v1/workspaces";

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient alice;
    private static TestingClient root;
    private static FakeSpawner spawner;

    @BeforeAll
    static void start() {
        service = TestingService.start(
                data,
                Map.of(
                        "testing.fake-spawner", "true",
                        "benchtop.spawner", "local",
                        "benchtop.workspaces.look-every", "100ms",
                        "benchtop.workspaces.quota", 100));
        alice = service.program("alice", Role.DEVELOPER);
        root = service.program("root", Role.ADMIN);
        spawner = (FakeSpawner) service.bean(Spawner.class);
        profile("tuned", "");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void anAdministratorMakesChangesRetiresAndDeletesAProfile() {
        // Given
        String sample = new GsonBuilder().serializeNulls().create().toJson(SampleProfile.request());

        // When
        HttpResponse<String> created = root.post(PROFILES, sample);

        // Then
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue(PROFILES + "/gpu");
        assertThat(alice.get(PROFILES + "/gpu").body())
                .contains(
                        "\"image\":\"registry.example.org:5000/notebook/torch-gpu:4.2" + DIGEST,
                        "\"maxLifetime\":\"PT72H\"")
                .contains(
                        "\"env\":null",
                        "\"audience\":null",
                        "\"warmServers\":null",
                        "\"volumes\":null",
                        "\"nodeSelector\":null");

        // When
        String got = root.get(PROFILES + "/gpu").body();
        HttpResponse<String> putBack =
                root.put(PROFILES + "/gpu", got.replace("For training.", "For training models."));

        // Then
        assertThat(putBack.statusCode()).as(putBack.body()).isEqualTo(200);
        assertThat(root.get(PROFILES + "/gpu").body())
                .contains("For training models.", "OMP_NUM_THREADS", "\"kind\":\"everybody\"");

        // When
        root.post(PROFILES + "/gpu:retire", "");

        // Then
        assertThat(alice.get(PROFILES).body()).doesNotContain("\"gpu\",\"displayName\"");
        assertThat(alice.get(PROFILES + "/gpu").statusCode()).isEqualTo(404);
        assertThat(root.get(PROFILES + "?all=true").body()).contains("\"slug\":\"gpu\"");
        assertThat(root.post(PROFILES + "/gpu:offer", "").body()).contains("\"retired\":false");
        assertThat(root.post(PROFILES + "/gpu:probe", "").statusCode()).isEqualTo(202);
        assertThat(root.delete(PROFILES + "/gpu").statusCode()).isEqualTo(204);
        assertThat(root.delete(PROFILES + "/gpu").statusCode()).isEqualTo(404);
        assertThat(service.bean(AuditHistory.class).after(0, 1000))
                .extracting(row -> row.event().actor() + " " + row.event().action() + " "
                        + row.event().object())
                .contains(
                        "system profile.create profile/standard",
                        "root profile.create profile/gpu",
                        "root profile.change profile/gpu",
                        "root profile.retire profile/gpu",
                        "root profile.offer profile/gpu",
                        "root profile.probe profile/gpu",
                        "root profile.delete profile/gpu");
    }

    @Test
    void aProfileThatWorkspacesHaveStaysAndSaysHowManyTheyAre() {
        // Given
        profile("loved", "");
        workspace("{\"displayName\":\"A\",\"profile\":\"loved\"}");
        workspace("{\"displayName\":\"B\",\"profile\":\"loved\"}");

        // When
        HttpResponse<String> refused = root.delete(PROFILES + "/loved");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("that of 2 workspaces. Retire it instead");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"slug\":\"x\"} | displayName: is missing; audience: needs a kind",
                "{\"slug\":\"x\",\"audiense\":{}} | audiense: is not known here",
                "{\"slug\":\"x\",\"gpu\":{\"resource\":\"nvidia.com/gpu\",\"count\":1.5}} | count: has a value of the wrong kind",
                "{\"slug\":\"x\",\"gpu\":{\"resource\":\"nvidia.com/gpu\",\"count\":\"1;x\"}} | count: has a value of the wrong kind",
                "{\"slug\":\"x\",\"gpu\":{\"resource\":\"nvidia.com/gpu\",\"count\":1e400}} | count: has a value of the wrong kind",
                "{\"slug\":\"x\",\"resources\":{\"memoryBytes\":1e400}} | memoryBytes: has a value of the wrong kind",
                "{\"slug\":\"x\",\"resources\":{\"memoryBytes\":\"8Gi\"}} | memoryBytes: has a value of the wrong kind",
                "{\"slug\":\"x\",\"resources\":{\"cpus\":1e400}} | cpus: has a value of the wrong kind",
                "{\"slug\":\"x\",\"env\":{\"A\":null}} | env: has a name without a value",
                "{\"slug\":\"x\",\"images\":[null]} | images[0]: is null",
            })
    void s50AWrongProfileIsExplainedAndNotMade(String body, String words) {
        // When
        HttpResponse<String> refused = root.post(PROFILES, body);

        // Then
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("\"code\":\"invalid_field\"", words);
        assertThat(root.get(PROFILES + "/x").statusCode()).isEqualTo(404);
    }

    /** A way to choose differently, tried when a workspace is made and when one is changed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"gpus\":-1} | overrides.gpus",
                "{\"gpus\":1.5} | gpus: has a value of the wrong kind",
                "{\"gpus\":\"1;x\"} | gpus: has a value of the wrong kind",
                "{\"gpus\":\"1\"} | gpus: has a value of the wrong kind",
                "{\"gpus\":5} | overrides.gpus: must be at most 4",
                "{\"gpus\":99999999999999999999} | gpus: has a value of the wrong kind",
                "{\"memoryBytes\":1e400} | memoryBytes: has a value of the wrong kind",
                "{\"memoryBytes\":-1e400} | memoryBytes: has a value of the wrong kind",
                "{\"memoryBytes\":-1} | overrides.memoryBytes: must be at least",
                "{\"memoryBytes\":0} | overrides.memoryBytes: must be at least",
                "{\"memoryBytes\":536870912.5} | memoryBytes: has a value of the wrong kind",
                "{\"memoryBytes\":\"8Gi\"} | memoryBytes: has a value of the wrong kind",
                "{\"memoryBytes\":536870913} | overrides.memoryBytes: must be at most 536870912 (512 MiB)",
                "{\"cpus\":-1} | overrides.cpus",
                "{\"cpus\":1e400} | cpus: has a value of the wrong kind",
                "{\"cpus\":\"NaN\"} | cpus: has a value of the wrong kind",
                "{\"cpus\":8.01} | overrides.cpus: must be at most 8.0",
                "{\"image\":\"-v\"} | overrides.image",
                "{\"image\":\"registry.evil.example/image\"} | overrides.image",
                "{\"image\":\"python@sha256:0123\"} | overrides.image",
                "{\"image\":\"jax\\nhostPID: true\"} | overrides.image",
                "{\"image\":\"elsewhere\"} | overrides.image: must be one of jax",
                "{\"processes\":100000} | processes: is not known here",
            })
    void s12s50AChoiceThatIsNotAllowedChangesNothing(String overrides, String words) {
        // Given
        String id = workspace("{\"displayName\":\"Tuned\",\"profile\":\"tuned\",\"overrides\":{\"gpus\":2}}");
        String before = alice.get(WORKSPACES).body();

        // When
        HttpResponse<String> created = alice.post(
                WORKSPACES, "{\"displayName\":\"Tuned\",\"profile\":\"tuned\",\"overrides\":" + overrides + "}");
        HttpResponse<String> changed = alice.patch(WORKSPACES + "/" + id, "{\"overrides\":" + overrides + "}");

        // Then
        for (HttpResponse<String> refused : List.of(created, changed)) {
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("\"code\":\"invalid_field\"", words);
        }
        assertThat(alice.get(WORKSPACES).body()).isEqualTo(before);
        alice.delete(WORKSPACES + "/" + id + "?files=delete");
        Awaitility.await().until(() -> alice.get(WORKSPACES + "/" + id).statusCode() == 404);
    }

    @Test
    void whatWasChosenIsWhatTheServerIsMadeOf() {
        // Given
        String id = workspace("{\"displayName\":\"Chosen\",\"profile\":\"tuned\",\"start\":true,"
                + "\"overrides\":{\"memoryBytes\":268435456,\"cpus\":8,\"gpus\":4,\"image\":\"jax\"}}");

        // When
        awaitState(id, "RUNNING");

        // Then
        ServerSpec spec = spawner.lastRequest(new WorkspaceId(id)).spec();
        assertThat(spec.resources().memoryBytes()).isEqualTo(268435456);
        assertThat(spec.resources().cpus()).isEqualTo(8.0);
        assertThat(spec.gpu().count()).isEqualTo(4);
        assertThat(spec.image()).hasToString("registry.example.org/jax:1");
        assertThat(spawner.lastRequest(new WorkspaceId(id)).startTimeout()).isEqualTo(Duration.ofMinutes(7));
        assertThat(alice.get(WORKSPACES + "/" + id).body())
                .contains("\"image\":\"registry.example.org/jax:1\"", "\"memoryBytes\":268435456", "\"count\":4");
    }

    @Test
    void anotherProfileDropsTheChoicesMadeForTheLast() {
        // Given
        String id = workspace("{\"displayName\":\"Moved\",\"profile\":\"tuned\",\"overrides\":{\"gpus\":2}}");

        // Then
        assertThat(alice.patch(WORKSPACES + "/" + id, "{\"displayName\":\"Renamed\"}")
                        .body())
                .contains("\"gpus\":2");
        assertThat(alice.patch(WORKSPACES + "/" + id, "{\"profile\":\"tuned\"}").body())
                .contains("\"gpus\":2");
        assertThat(alice.patch(WORKSPACES + "/" + id, "{\"overrides\":{}}").body())
                .contains("\"gpus\":null");
        assertThat(alice.patch(WORKSPACES + "/" + id, "{\"overrides\":{\"gpus\":3}}")
                        .body())
                .contains("\"gpus\":3");
        assertThat(alice.patch(WORKSPACES + "/" + id, "{\"profile\":\"small\"}").body())
                .contains("\"profile\":\"small\"", "\"gpus\":null");
    }

    @Test
    void s12NobodyButTheOwnerRaisesAChoice() {
        // Given
        String id = workspace("{\"displayName\":\"Mine\",\"profile\":\"tuned\"}");
        TestingClient bob = service.program("bob", Role.DEVELOPER);

        // Then
        assertThat(root.patch(WORKSPACES + "/" + id, "{\"overrides\":{\"gpus\":4}}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(bob.patch(WORKSPACES + "/" + id, "{\"overrides\":{\"gpus\":4}}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(alice.get(WORKSPACES + "/" + id).body()).contains("\"gpus\":null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smaller | \"allowedOverrides\":{\"gpus\":1} | no longer allows what was chosen",
                "closed | \"audience\":{\"kind\":\"users\",\"names\":[\"bob\"]} | no longer offered to you",
                "gone-by | \"retired\":true | was retired",
            })
    void s12AProfileThatChangedIsRefusedAtTheNextStartAndRunningServersGoOn(String slug, String change, String words) {
        // Given
        profile(slug, "");
        String body = "{\"displayName\":\"%s\",\"profile\":\"%s\",\"overrides\":{\"gpus\":2},\"start\":%s}";
        String running = workspace(body.formatted("Running", slug, true));
        String stopped = workspace(body.formatted("Stopped", slug, false));
        awaitState(running, "RUNNING");

        // When
        profile(slug, change);

        // Then
        assertThat(alice.post(WORKSPACES + "/" + running + ":start", "").statusCode())
                .isEqualTo(202);
        assertThat(alice.get(WORKSPACES + "/" + running).body()).contains("\"code\":\"RUNNING\"");
        HttpResponse<String> refused = alice.post(WORKSPACES + "/" + stopped + ":start", "");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body())
                .contains("\"code\":\"profile_unavailable\"", words, "Change the workspace's profile, then start it.");
        assertThat(alice.get(WORKSPACES + "/" + stopped).body()).contains("\"code\":\"STOPPED\"");
    }

    /** Makes it or changes it: 256 MiB up to 512, 2 CPUs up to 8, 1 GPU up to 4, one more image; some fields differently. */
    private static void profile(String slug, String differently) {
        JsonObject profile = JsonParser.parseString("""
                {"displayName":"Tuned","audience":{"kind":"everybody"},"image":"registry.example.org/cpu:1",
                 "resources":{"memoryBytes":268435456,"processes":500,"cpus":2},
                 "gpu":{"resource":"nvidia.com/gpu","count":1},"startTimeout":"PT7M",
                 "images":[{"slug":"jax","image":"registry.example.org/jax:1"}],
                 "allowedOverrides":{"memoryBytes":536870912,"cpus":8,"gpus":4,"image":true}}""").getAsJsonObject();
        JsonObject changes = JsonParser.parseString("{" + differently + "}").getAsJsonObject();
        changes.entrySet().forEach(entry -> profile.add(entry.getKey(), entry.getValue()));
        profile.addProperty("slug", slug);
        HttpResponse<String> answer = root.get(PROFILES + "/" + slug).statusCode() == 404
                ? root.post(PROFILES, profile.toString())
                : root.put(PROFILES + "/" + slug, profile.toString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private static String workspace(String body) {
        HttpResponse<String> created = alice.post(WORKSPACES, body);
        assertThat(created.statusCode()).as(created.body()).isBetween(201, 202);
        return created.body().replaceAll("(?s).*?\"id\":\"(ws_[a-z2-7]{12})\".*", "$1");
    }

    private static void awaitState(String id, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> alice.get(WORKSPACES + "/" + id).body().contains("\"code\":\"" + state + "\""));
    }
}
