package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteState;
import io.benchtop.api.routing.RouteTable;
import io.benchtop.service.ServiceProcess;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingService;
import io.benchtop.service.TestingSnapshot;
import io.benchtop.service.identity.Role;
import io.benchtop.service.spawn.kubernetes.TestingCluster;
import io.benchtop.service.spawn.kubernetes.TestingServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;

/**
 * Benchtop as it is installed on a cluster: any number of services, each a process of its own, over one PostgreSQL database
 * and one namespace in which pods really run. It can tell whether all three say the same.
 */
final class TestingInstallation implements AutoCloseable {

    private static final Duration SETTLED = Duration.ofSeconds(120);

    /** Small and quick, so that dozens of servers have a place on one node. */
    private static final String PROFILES = """
            [{"slug": "standard", "displayName": "Standard", "description": "For tests.",
              "resources": {"memoryBytes": 134217728}, "audience": {"kind": "everybody"}}]
            """;

    private final Path data;
    private final TestingCluster cluster;
    private final Map<String, Object> properties = new HashMap<>(TestingDatabases.postgresProperties());
    private final Map<String, String> environment = new HashMap<>();
    private final Jdbi database;
    private final String alice;

    /** What the database says of one workspace. */
    record Row(String id, String state, long generation) {

        boolean runs() {
            return state.equals("RUNNING");
        }
    }

    /** @param name of the namespace */
    TestingInstallation(Path data, String name) throws IOException {
        this.data = data;
        this.cluster = TestingCluster.open(name);
        this.database = TestingDatabases.behindTheBack(properties);
        environment.putAll(TestingDatabases.environment(properties));
        environment.putAll(cluster.environment());
        // Dozens of servers start on a machine that does much else.
        environment.put("BENCHTOP_WORKSPACES_START_TIMEOUT", "180s");
        Path profiles = Files.writeString(data.resolve("profiles.json"), PROFILES);
        properties.put("benchtop.profile-file", profiles.toString());
        properties.put("testing.fake-spawner", "true");
        try (TestingService service = TestingService.start(data, properties)) {
            alice = service.program("alice", Role.DEVELOPER).header("Authorization");
        }
    }

    TestingCluster cluster() {
        return cluster;
    }

    TestingServers servers() {
        return cluster.servers();
    }

    ServiceProcess start() {
        return ServiceProcess.start(data, environment).awaitReady();
    }

    /** One that is killed as soon as it reaches this step. */
    ServiceProcess startToDieAt(String step) {
        Map<String, String> deadly = new HashMap<>(environment);
        deadly.put("BENCHTOP_FAILPOINT", step);
        return ServiceProcess.start(data, deadly).awaitReady();
    }

    TestingPerson alice(ServiceProcess service) {
        return new TestingPerson(service.program(alice));
    }

    TestingSnapshot snapshot() {
        return TestingSnapshot.take(properties);
    }

    List<Row> rows() {
        return database.withHandle(
                handle -> handle.createQuery("select id, state, generation from workspaces where not retired")
                        .map((row, _) -> new Row(row.getString(1), row.getString(2), row.getLong(3)))
                        .list());
    }

    /** What was written down for auditors about a workspace. */
    List<String> audited(String id) {
        return database.withHandle(handle -> handle.createQuery(
                        "select action || ': ' || detail from audit_events where subject = :subject")
                .bind("subject", "workspace/" + id)
                .mapTo(String.class)
                .list());
    }

    static void tell(String what, long sinceNanos) {
        System.out.println(
                what + " " + Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis() + " ms");
    }

    /** Where the proxy is told to go, by workspace. */
    static Map<String, String> targets(ServiceProcess service) {
        HttpResponse<String> answer = service.internal().get("/internal/routes");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Map<String, String> targets = new HashMap<>();
        for (Route route : new Gson().fromJson(answer.body(), RouteTable.class).routes()) {
            if (route.state() == RouteState.RUNNING) {
                targets.put(route.workspaceId(), route.target());
            }
        }
        return targets;
    }

    /** Where servers are, by workspace, as the cluster tells it. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        servers().pods().forEach(pod -> addresses.put(pod.workspace(), pod.target()));
        return addresses;
    }

    /**
     * Waits until database, cluster and the routes of each service say the same, and nothing is there that belongs to
     * nothing; and sees to it that no service logged an error.
     */
    void assertTheWorldIsRight(ServiceProcess... services) {
        Awaitility.await().atMost(SETTLED).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            List<Row> running = rows().stream().filter(Row::runs).toList();
            List<String> ids = running.stream().map(Row::id).toList();
            assertThat(servers().pods().stream().map(pod -> new Row(pod.workspace(), "RUNNING", pod.generation())))
                    .as("pods")
                    .containsExactlyInAnyOrderElementsOf(running);
            assertThat(servers().secrets()).as("Secrets").containsExactlyInAnyOrderElementsOf(ids);
            for (ServiceProcess service : services) {
                assertThat(targets(service)).as("routes").isEqualTo(addresses());
            }
            List<String> known = rows().stream().map(Row::id).toList();
            assertThat(servers().homes()).as("homes").isSubsetOf(known).doesNotHaveDuplicates();
            assertThat(servers().endings()).as("endings").isSubsetOf(known).doesNotHaveDuplicates();
        });
        assertThat(logged(" ERROR ")).isEmpty();
    }

    /** Deletes all that is there by way of this service, and waits until nothing is left of it. */
    void clear(ServiceProcess service) {
        TestingPerson owner = alice(service);
        owner.workspaces().forEach(owner::delete);
        Awaitility.await()
                .atMost(SETTLED)
                .untilAsserted(() -> assertThat(rows()).isEmpty());
        assertTheWorldIsRight(service);
    }

    /** The lines with these words in the log of all services, from their beginning. */
    List<String> logged(String words) {
        try (Stream<String> lines = Files.lines(data.resolve("service.log"))) {
            return lines.filter(line -> line.contains(words)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
