package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilePagesIT {

    private static final Pattern ID = Pattern.compile("/workspaces/(ws_[a-z2-7]{12})");

    @TempDir
    static Path data;

    private static TestingService service;
    private static TestingClient root;

    @BeforeAll
    static void start() {
        service = TestingService.start(data, Map.of("testing.fake-spawner", "true"));
        root = service.signIn("root", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aProfileIsMadeChangedRetiredOfferedAgainAndDeleted() {
        // When
        HttpResponse<String> made = root.form("/admin/profiles", tuned("tuned"));

        // Then
        assertThat(location(made)).isEqualTo("/admin/profiles?done=profile-made");
        assertThat(root.open("/admin/profiles").body())
                .contains("id=\"profile-tuned\"", "256 MiB memory, 2 CPUs, 1 × nvidia.com/gpu");
        assertThat(root.open("/admin/profiles/tuned").body())
                .contains("value=\"256 MiB\"", "jax registry.example.org/jax:1 JAX", "OMP_NUM_THREADS=4");

        // When
        Map<String, String> changed = tuned("tuned");
        changed.remove("slug");
        changed.put("displayName", "Tuned anew");
        HttpResponse<String> saved = root.form("/admin/profiles/tuned", changed);

        // Then
        assertThat(location(saved)).isEqualTo("/admin/profiles?done=profile-saved");
        assertThat(root.open("/admin/profiles?done=profile-saved").body()).contains("Tuned anew", "Saved.");
        assertThat(location(root.form("/admin/profiles/tuned/retire", Map.of())))
                .contains("profile-retired");
        assertThat(root.open("/workspaces/new").body()).doesNotContain("Tuned anew");
        assertThat(location(root.form("/admin/profiles/tuned/offer", Map.of()))).contains("profile-offered");
        assertThat(root.open("/workspaces/new").body()).contains("Tuned anew");
        assertThat(location(root.form("/admin/profiles/tuned/probe", Map.of())))
                .contains("/admin/profiles/tuned?done=");
        assertThat(root.open("/admin/profiles/tuned/delete").body()).contains("Delete Tuned anew?");
        assertThat(location(root.form("/admin/profiles/tuned/delete", Map.of())))
                .contains("profile-deleted");
        assertThat(root.open("/admin/profiles/tuned").statusCode()).isEqualTo(404);
    }

    @Test
    void everythingThatIsWrongIsToldAtItsFieldAndWhatWasTypedStays() {
        // Given
        Map<String, String> wrong = tuned("wrong");
        wrong.put("image", "-v");
        wrong.put("images", "a registry/a\nb -v");
        wrong.put("audience.kind", "users");
        wrong.put("description", "Typed with care");

        // When
        HttpResponse<String> refused = root.form("/admin/profiles", wrong);

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("id=\"image-error\"", "Line 2: ", "id=\"audience.names-error\"", "Typed with care")
                .contains("id=\"profile-problem\"");
        wrong.put("resources.memoryBytes", "much");
        assertThat(root.form("/admin/profiles", wrong).body())
                .contains("id=\"resources.memoryBytes-error\"", "8 GiB or 512 MiB");
        assertThat(root.open("/admin/profiles").body()).doesNotContain("profile-wrong");
    }

    @Test
    void aPersonChoosesDifferentlyAndFindsItPickedTheNextTime() {
        // Given
        root.form("/admin/profiles", tuned("picked"));
        TestingClient alice = service.signIn("alice", Role.DEVELOPER);
        String form = alice.open("/workspaces/new").body();

        // When
        Map<String, String> fields = Map.of(
                "displayName", "Mine",
                "profile", "picked",
                "memory-picked", "512 MiB",
                "cpus-picked", "2",
                "gpus-picked", "3",
                "image-picked", "jax");
        HttpResponse<String> made = alice.form("/workspaces", fields);

        // Then
        assertThat(form).contains("id=\"memory-picked\"", "Up to 512 MiB", "0 to 4 × nvidia.com/gpu");
        assertThat(location(made)).isEqualTo("/");
        String again = alice.open("/workspaces/new").body();
        assertThat(again)
                .containsPattern("value=\"picked\" id=\"profile-picked\" required checked")
                .contains("id=\"gpus-picked\" name=\"gpus-picked\" value=\"3\"", "<option value=\"jax\" selected>");
        Matcher id = ID.matcher(alice.open("/").body());
        assertThat(id.find()).isTrue();
        assertThat(alice.open(id.group()).body())
                .contains("512 MiB memory, 2 CPUs, 3 × nvidia.com/gpu", "registry.example.org/jax:1");

        // When
        Map<String, String> tooMuch = new HashMap<>(fields);
        tooMuch.put("gpus-picked", "5");
        HttpResponse<String> refused = alice.form("/workspaces", tooMuch);
        HttpResponse<String> changed = alice.form(id.group() + "/profile", tooMuch);

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("id=\"gpus-picked-error\"", "It must be at most 4.", "value=\"5\"");
        assertThat(changed.statusCode()).isEqualTo(400);
        assertThat(changed.body()).contains("id=\"gpus-picked-error\"");
    }

    @Test
    void aWorkspaceWhoseProfileIsNoLongerOfferedSaysSo() {
        // Given
        root.form("/admin/profiles", tuned("leaving"));
        TestingClient lena = service.signIn("lena", Role.DEVELOPER);
        lena.form("/workspaces", Map.of("displayName", "Left", "profile", "leaving"));

        // When
        root.form("/admin/profiles/leaving/retire", Map.of());

        // Then
        Matcher id = ID.matcher(lena.open("/").body());
        assertThat(id.find()).isTrue();
        assertThat(lena.open(id.group()).body()).contains("id=\"profile-gone\"", "no longer offered");
        HttpResponse<String> refused = lena.form("/workspaces/spawn/lena/left", Map.of("next", ""));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(root.open("/admin/profiles").body()).contains("1 workspace").doesNotContain("id=\"delete-leaving\"");
    }

    private static Map<String, String> tuned(String slug) {
        return new HashMap<>(Map.ofEntries(
                Map.entry("slug", slug),
                Map.entry("displayName", "Tuned"),
                Map.entry("description", ""),
                Map.entry("resources.memoryBytes", "256 MiB"),
                Map.entry("resources.cpus", "2"),
                Map.entry("gpu.resource", "nvidia.com/gpu"),
                Map.entry("image", "registry.example.org/cpu:1"),
                Map.entry("images", "jax registry.example.org/jax:1 JAX"),
                Map.entry("audience.kind", "everybody"),
                Map.entry("audience.names", ""),
                Map.entry("allowedOverrides.memoryBytes", "512 MiB"),
                Map.entry("allowedOverrides.gpus", "4"),
                Map.entry("allowedOverrides.image", "true"),
                Map.entry("env", "OMP_NUM_THREADS=4")));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
