package io.benchtop.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchLinesTest {

    @TempDir
    private Path folder;

    private Installation installation;
    private LaunchLines lines;

    @BeforeEach
    void layOut() throws IOException {
        installation = new Installation(FakeInstallation.in(folder), Path.of("/the jdk"), "python3");
        lines = lines(null);
    }

    private LaunchLines lines(@Nullable Integer grpcPort) {
        var plan = new UpPlan(
                new DataFolder(folder.resolve("data")),
                "127.0.0.1",
                9000,
                "http://127.0.0.1:9000",
                List.of("a", "b"),
                grpcPort);
        return new LaunchLines(installation, plan, 4711);
    }

    @Test
    void givesTheServiceItsOwnVariablesAndPassesOnlyDatabaseSourcesAndSignInOn() {
        // When
        var service = lines.service(
                Map.of(
                        "BENCHTOP_DATABASE_URL",
                        "jdbc:postgresql://db/b",
                        "BENCHTOP_OIDC_ISSUER",
                        "https://id.example.org",
                        "BENCHTOP_SOURCE_NETWORKS",
                        "10.0.0.0/8",
                        "BENCHTOP_DATA_FOLDERS",
                        "/srv/data",
                        "BENCHTOP_TOKEN",
                        "secret"),
                List.of("-XX:AOTCache=x"));

        // Then
        assertThat(service.command())
                .startsWith("/the jdk/bin/java", "-Xmx320m")
                .contains("-XX:AOTCache=x")
                .endsWith("io.benchtop.service.Application");
        assertThat(service.environment())
                .containsEntry("BENCHTOP_DATABASE_URL", "jdbc:postgresql://db/b")
                .containsEntry("BENCHTOP_OIDC_ISSUER", "https://id.example.org")
                .containsEntry("BENCHTOP_SOURCE_NETWORKS", "10.0.0.0/8")
                .containsEntry("BENCHTOP_DATA_FOLDERS", "/srv/data")
                .containsEntry("BENCHTOP_SERVICE_PORT", "4711")
                .containsEntry("BENCHTOP_SESSION_COOKIE", "benchtop-session-9000")
                .containsEntry("BENCHTOP_MODEL_SERVER", folder + "/target/run/model-server/benchtop-model-server.jar")
                .doesNotContainKey("BENCHTOP_TOKEN");
    }

    @Test
    void tellsTheProxyWhereTheServiceIs() {
        assertThat(lines.proxy(List.of()).environment())
                .containsEntry("BENCHTOP_PROXY_LISTEN", "127.0.0.1:9000")
                .containsEntry("BENCHTOP_SERVICE_URL", "http://127.0.0.1:4711")
                .containsEntry("BENCHTOP_ALLOWED_HOSTS", "a,b")
                .doesNotContainKey("BENCHTOP_PROXY_GRPC_LISTEN");
    }

    @Test
    void givesTheProxyMoreMemoryWhereItPassesWholeMessagesOn() {
        // When
        var proxy = lines(9001).proxy(List.of());

        // Then
        assertThat(proxy.environment()).containsEntry("BENCHTOP_PROXY_GRPC_LISTEN", "127.0.0.1:9001");
        assertThat(proxy.command()).contains("-Xmx128m").doesNotContain("-Xmx48m");
    }

    @Test
    void quotesTheCommandOfAWorkspaceForTheShell() {
        assertThat(WorkspaceCommandFile.script(installation))
                .startsWith("#!/bin/sh\n")
                .contains("exec '/the jdk/bin/java' '-XX:AOTCache=" + folder + "/target/run/cli/benchtop-cli.aot'")
                .contains("-Xlog:all=off \\\n")
                .endsWith("io.benchtop.cli.Main \"$@\"\n");
    }
}
