package io.benchtop.service.spawn.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabCommandTest {

    private static final WorkspaceId ID = new WorkspaceId("ws_abcdefgh2345");
    private static final SpawnRequest REQUEST = new SpawnRequest(
            ID, 1, new UserName("alice"), new Slug("exp"), ServerSpec.of(new Resources(null, null, null)));
    private static final NotebookEnvironment ENVIRONMENT =
            new NotebookEnvironment(Path.of("/data/environments/1"), Path.of("/jdk"));
    private static final ServerFolder SERVER = new ServerFolder(Path.of("/data/servers/" + ID));
    private static final Path HOME = Path.of("/data/homes/alice/exp");

    @Test
    void equalsTheStartLineThatThePythonTestsRun() throws IOException {
        // Given
        JsonObject golden = Json.read(FakeEnvironment.repository().resolve("kernel-images/local/start-line.json"))
                .orElseThrow();

        // When
        LabCommand command = LabCommand.of(
                REQUEST, ENVIRONMENT, SERVER, HOME, 4567, URI.create("http://127.0.0.1:8080"), "/bin/bash");

        // Then
        List<String> argv = golden.getAsJsonArray("argv").asList().stream()
                .map(JsonElement::getAsString)
                .map(text -> filled(text, "False"))
                .toList();
        assertThat(command.argv()).isEqualTo(argv);
        Map<String, String> env = new HashMap<>();
        golden.getAsJsonObject("env")
                .asMap()
                .forEach((name, value) -> env.put(name, filled(value.getAsString(), "False")));
        assertThat(command.env()).isEqualTo(env);
    }

    @Test
    void sendsTheXsrfCookieOverTlsOnlyWhereThereIsTls() {
        // When
        LabCommand command = LabCommand.of(
                REQUEST, ENVIRONMENT, SERVER, HOME, 4567, URI.create("https://bench.example"), "/bin/bash");

        // Then
        assertThat(command.argv()).anyMatch(flag -> flag.contains("'secure': True, 'path': '/user/alice/exp/'"));
    }

    private static String filled(String text, String secure) {
        return text.replace("{environment}", "/data/environments/1")
                .replace("{image}", "1")
                .replace("{server}", SERVER.path().toString())
                .replace("{home}", HOME.toString())
                .replace("{user}", "alice")
                .replace("{slug}", "exp")
                .replace("{workspace}", ID.value())
                .replace("{port}", "4567")
                .replace("{secure}", secure)
                .replace("{publicUrl}", "http://127.0.0.1:8080")
                .replace("{java}", "/jdk")
                .replace("{shell}", "/bin/bash");
    }
}
