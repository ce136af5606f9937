package io.benchtop.service.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.CapturedOutput;
import io.benchtop.service.Collector;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingService;
import io.benchtop.service.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections over REST, from a service that reaches loopback where a test says so. */
class ConnectionRestIT {

    private static final String CONNECTIONS = "/api/v1/connections";
    private static final String CANARY = "canary-9d41be";

    @TempDir
    static Path data;

    @TempDir
    static Path strictData;

    private static CapturedOutput output;
    private static TestingService service;
    private static TestingService strict;
    private static TestingClient alice;
    private static TestingClient bob;
    private static TestingClient root;

    @BeforeAll
    static void start() throws IOException {
        output = new CapturedOutput();
        Files.createDirectories(data.resolve("shared").resolve("shop"));
        service = TestingService.start(
                data,
                Map.of(
                        "benchtop.source-networks",
                        "127.0.0.0/8",
                        "benchtop.data-folders",
                        data.resolve("shared").toString()));
        strict = TestingService.start(strictData);
        alice = service.signIn("alice", Role.DEVELOPER);
        bob = service.signIn("bob", Role.DEVELOPER);
        root = service.signIn("root", Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        strict.close();
        service.close();
        output.close();
    }

    private static String database(String name, URI url, String user, String more) {
        return """
                {"name":"%s","kind":"postgresql","description":"d","secret":"%s"%s,
                 "settings":{"host":"%s","port":%d,"database":"%s","user":"%s","tls":"off"}}
                """.formatted(
                name, CANARY, more, url.getHost(), url.getPort(), url.getPath().substring(1), user);
    }

    @Test
    void aConnectionIsItsOwnersAndAnAdministrators() {
        // Given
        Map<String, Object> postgres = TestingDatabases.postgresProperties();
        URI url = URI.create(postgres.get("benchtop.database-url").toString().substring("jdbc:".length()));
        String user = postgres.get("benchtop.database-user").toString();

        // When
        HttpResponse<String> created = alice.post(CONNECTIONS, database("shop", url, user, ""));
        HttpResponse<String> again = bob.post(CONNECTIONS, database("shop", url, user, ""));

        // Then
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body())
                .contains("\"name\":\"shop\"", "\"owner\":\"alice\"", "\"secretSet\":true", "\"state\":\"unknown\"")
                .doesNotContain(CANARY);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(alice.get(CONNECTIONS).body()).contains("\"shop\"").doesNotContain(CANARY);
        assertThat(root.get(CONNECTIONS + "/shop").body()).contains("\"shop\"").doesNotContain(CANARY);
        assertThat(bob.get(CONNECTIONS).body()).doesNotContain("shop");
        for (HttpResponse<String> foreign : List.of(
                bob.get(CONNECTIONS + "/shop"),
                bob.delete(CONNECTIONS + "/shop"),
                bob.post(CONNECTIONS + "/shop:test", "{}"),
                bob.put(CONNECTIONS + "/shop", database("shop", url, user, "")))) {
            assertThat(foreign.statusCode()).isEqualTo(404);
        }

        // When
        HttpResponse<String> tested = alice.post(CONNECTIONS + "/shop:test", "{}");

        // Then
        assertThat(tested.body()).contains("\"ok\":true");
        assertThat(alice.get(CONNECTIONS + "/shop").body()).contains("\"state\":\"answers\"");

        // When
        String elsewhere =
                "{\"settings\":{\"host\":\"localhost\",\"port\":%d,\"database\":\"x\",\"user\":\"%s\",\"tls\":\"off\"}}"
                        .formatted(url.getPort(), user);
        HttpResponse<String> stolen = root.put(CONNECTIONS + "/shop", elsewhere);
        HttpResponse<String> renamed = alice.put(
                CONNECTIONS + "/shop",
                database("shop", url, user, "")
                        .replace("\"d\"", "\"other\"")
                        .replace("\"secret\":\"" + CANARY + "\",", ""));

        // Then
        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(stolen.body()).contains("must be given again");
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(renamed.body()).contains("\"other\"", "\"secretSet\":true");

        // When
        HttpResponse<String> removed = alice.delete(CONNECTIONS + "/shop");

        // Then
        assertThat(removed.statusCode()).isEqualTo(204);
        String audit = root.get("/api/v1/audit?limit=1000").body();
        assertThat(audit)
                .contains(
                        "connection.create",
                        "already_exists",
                        "connection.change",
                        "connection.test",
                        "connection.remove")
                .doesNotContain(CANARY);
        String kept = service.bean(Jdbi.class)
                .withHandle(handle -> handle.createQuery("select settings || secret from connections")
                        .mapTo(String.class)
                        .list()
                        .toString());
        assertThat(kept).doesNotContain(CANARY);
        assertThat(output.text()).doesNotContain(CANARY);
    }

    @Test
    void nothingIsKeptThatDoesNotAnswer() {
        // When
        HttpResponse<String> refused =
                alice.post(CONNECTIONS, database("gone", URI.create("postgresql://127.0.0.1:1/x"), "reader", ""));

        // Then
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("connection_failed", "refuses the connection")
                .doesNotContain(CANARY);
        assertThat(alice.get(CONNECTIONS + "/gone").statusCode()).isEqualTo(404);
        assertThat(root.get("/api/v1/audit?limit=1000").body()).contains("connection/gone");
        assertThat(output.text()).doesNotContain(CANARY);
    }

    @Test
    void foldersAreForAdministratorsBelowTheNamedRoots() {
        // Given
        String inside = folder("inside", data.resolve("shared").resolve("shop").toString());

        // Then
        assertThat(alice.post(CONNECTIONS, inside).statusCode()).isEqualTo(403);
        assertThat(root.post(CONNECTIONS, inside).statusCode()).isEqualTo(201);
        HttpResponse<String> outside = root.post(CONNECTIONS, folder("outside", "/etc"));
        assertThat(outside.statusCode()).isEqualTo(400);
        assertThat(outside.body()).contains("BENCHTOP_DATA_FOLDERS");
        HttpResponse<String> unnamed = strict.signIn("root", Role.ADMIN).post(CONNECTIONS, inside);
        assertThat(unnamed.statusCode()).isEqualTo(400);
        assertThat(unnamed.body()).contains("BENCHTOP_DATA_FOLDERS");
    }

    private static String folder(String name, String path) {
        return "{\"name\":\"%s\",\"kind\":\"folder\",\"settings\":{\"path\":\"%s\"}}".formatted(name, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "0", "0x7f.1", "[::ffff:127.0.0.1]", "127.1", "localhost", "169.254.169.254", "::1"
            })
    void s32NoDatabaseOfThisMachineIsReached(String host) throws IOException {
        try (Collector collector = new Collector()) {
            for (String kind : new String[] {"postgresql", "mariadb"}) {
                // When
                HttpResponse<String> answer = strict.signIn("eve", Role.DEVELOPER)
                        .post(CONNECTIONS, """
                        {"name":"evil","kind":"%s","secret":"x",
                         "settings":{"host":"%s","port":%d,"database":"x","user":"x","tls":"off"}}
                        """.formatted(kind, host, collector.port()));

                // Then
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
                assertThat(answer.body()).containsAnyOf("BENCHTOP_SOURCE_NETWORKS", "host is unknown");
            }
            assertThat(collector.hits()).isZero();
            assertThat(strict.signIn("root", Role.ADMIN)
                            .get("/api/v1/audit?limit=1000")
                            .body())
                    .contains("connection/evil", "connection_failed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"host\":\"127.0.0.1:%d/x?socketFactory=evil.Class\"",
                "\"database\":\"x?socketFactory=evil.Class&socketFactoryArg=127.0.0.1:%d\"",
                "\"database\":\"x&allowLoadLocalInfile=true&port=%d\"",
                "\"database\":\"x;INIT=RUNSCRIPT FROM 'http://127.0.0.1:%d/'\"",
                "\"user\":\"x\\nhost=127.0.0.1:%d\"",
                "\"host\":\"jdbc:h2:mem:;INIT=RUNSCRIPT FROM 'http://127.0.0.1:%d/'\"",
                "\"host\":\"127.0.0.1,127.0.0.1:%d\"",
                "\"url\":\"jdbc:db2://127.0.0.1:%d/x:clientRerouteServerListJNDIName=x\"",
                "\"endpoint\":\"file:///%d\""
            })
    void s31NoFieldBringsAPropertyIn(String attack) throws IOException {
        try (Collector collector = new Collector()) {
            for (String kind : new String[] {"postgresql", "mariadb"}) {
                // When
                String settings = "\"host\":\"127.0.0.1\",\"port\":%d,\"database\":\"x\",\"user\":\"x\",\"tls\":\"off\""
                        .formatted(collector.port());
                String field = attack.substring(0, attack.indexOf(':'));
                String others = settings.replaceFirst(field + ":\"[^\"]*\",", "");
                HttpResponse<String> answer = alice.post(
                        CONNECTIONS,
                        "{\"name\":\"evil\",\"kind\":\"%s\",\"secret\":\"x\",\"settings\":{%s,%s}}"
                                .formatted(kind, others, attack.formatted(collector.port())));

                // Then
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            }
            assertThat(collector.hits()).isZero();
        }
    }
}
