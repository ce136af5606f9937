package io.benchtop.service.workspace;

import static io.benchtop.service.workspace.TestingInstallation.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.ServiceProcess;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.spawn.kubernetes.TestingServers.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Running servers on a real cluster while real services are restarted, down, or without their database (SECURITY.md F02, F03,
 * F04): the servers do not notice, and afterwards all is as it was.
 */
class ClusterOutagesIT {

    /** The goal names 200 servers; a node has place for a hundred. */
    private static final int SERVERS = Integer.getInteger("benchtop.faults.servers", 20);

    /** For what is no promise. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** For longer than a lease lives. */
    private static final Duration FROZEN = Duration.ofSeconds(15);

    @TempDir
    static Path data;

    private static TestingInstallation installation;

    private final List<ServiceProcess> services = new ArrayList<>();

    @BeforeAll
    static void install() throws IOException {
        installation = new TestingInstallation(data, "outages");
    }

    @AfterAll
    static void remove() {
        if (installation != null) {
            installation.close();
        }
    }

    @AfterEach
    void clear() {
        installation.cluster().provideVolumes();
        installation.clear(services.getLast());
        services.forEach(ServiceProcess::close);
    }

    private ServiceProcess started() {
        ServiceProcess service = installation.start();
        services.add(service);
        return service;
    }

    private static String running(TestingPerson alice, String name) {
        String id = alice.createAndStart(name);
        alice.awaitState(id, "RUNNING", PATIENCE);
        return id;
    }

    @Test
    void f02RestartsOfTheServiceCostNoServerNoRouteAndNoRequest() {
        // Given
        ServiceProcess one = started();
        ServiceProcess two = started();
        TestingPerson alice = installation.alice(one);
        List<String> ids = IntStream.range(0, SERVERS)
                .mapToObj(number -> alice.createAndStart("Number " + number))
                .toList();
        ids.forEach(id -> alice.awaitState(id, "RUNNING", PATIENCE));
        List<Server> before = installation.servers().pods();
        try (TestingBalancer balancer = new TestingBalancer(
                List.of(alice, installation.alice(two)),
                answer -> answer.split("\"code\":\"RUNNING\"", -1).length == SERVERS + 1)) {

            // When
            one.kill();
            ServiceProcess three = replacement(balancer, "kill -9");
            replacement(balancer, "the first of a rolling restart");
            assertThat(two.terminate()).isEqualTo(143);
            replacement(balancer, "the second of a rolling restart");
            assertThat(three.terminate()).isEqualTo(143);

            // Then
            System.out.println("f02: " + SERVERS + " servers, " + balancer.asked() + " requests, of which "
                    + balancer.brokenOff() + " broke off and were sent to another replica");
            assertThat(balancer.failures()).isEmpty();
        }
        assertThat(installation.servers().pods())
                .containsExactlyInAnyOrderElementsOf(before)
                .allSatisfy(pod -> assertThat(pod.restarts()).isZero());
        installation.assertTheWorldIsRight(services.getLast());
    }

    private ServiceProcess replacement(TestingBalancer balancer, String after) {
        ServiceProcess service = started();
        long listening = System.nanoTime();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(TestingInstallation.targets(service))
                        .hasSize(SERVERS)
                        .isEqualTo(installation.addresses()));
        tell("f02: after " + after + ", routes right since listening (promised 5 s)", listening);
        balancer.add(installation.alice(service));
        return service;
    }

    @Test
    void f03AServerThatDiedWhileNoServiceRanIsToldToHaveEndedAndTheOthersStay() {
        // Given
        ServiceProcess first = started();
        TestingPerson alice = installation.alice(first);
        String stays = running(alice, "Stays");
        String dies = running(alice, "Dies");
        first.kill();
        installation.servers().delete(dies);
        List<Server> left = installation.servers().pods();

        // When
        ServiceProcess second = started();
        long ready = System.nanoTime();

        // Then
        installation.alice(second).awaitState(dies, "FAILED", Duration.ofSeconds(180));
        tell("f03: told to have ended after", ready);
        assertThat(TestingInstallation.targets(second)).containsOnlyKeys(stays);
        assertThat(installation.audited(dies)).anyMatch(row -> row.startsWith("workspace.ended: EXITED"));
        assertThat(installation.servers().pods()).containsExactlyElementsOf(left);
        installation.assertTheWorldIsRight(second);
    }

    @Test
    void f04WithAFrozenDatabaseRequestsAreRefusedSoonServersGoOnAndNothingIsLostOrDoneTwice() throws Exception {
        // Given
        ServiceProcess one = started();
        ServiceProcess two = started();
        TestingPerson alice = installation.alice(one);
        String runs = running(alice, "Runs");
        installation.cluster().holdVolumes();
        String starts = alice.createAndStart("Starts");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> installation.servers().pods().size() == 2);
        List<Server> before = installation.servers().pods();
        URI server = URI.create(installation.addresses().get(runs) + "/user/alice/runs/api");
        TestingClient idempotent = alice.client().with("Idempotency-Key", "once");
        Refusals refusals = new Refusals();

        // When
        long frozen = System.nanoTime();
        try (var _ = TestingDatabases.freezePostgres();
                HttpClient anybody = HttpClient.newHttpClient()) {
            installation.cluster().provideVolumes();
            while (System.nanoTime() - frozen < FROZEN.toNanos()) {
                // Then
                refusals.take(() -> alice.get(runs));
                refusals.take(() -> alice.stop(runs));
                refusals.take(() -> idempotent.post(TestingPerson.WORKSPACES, "{\"displayName\":\"Once\"}"));
                refusals.take(() -> installation.alice(two).client().get("/api/v1/me"));
                assertThat(anybody.send(HttpRequest.newBuilder(server).build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
                assertThat(one.adminSide().get("/healthz").statusCode()).isEqualTo(200);
                assertThat(one.adminSide().get("/readyz").statusCode()).isEqualTo(503);
                assertThat(one.internal().get("/internal/routes").statusCode()).isIn(200, 503);
            }
            assertThat(installation.servers().pods()).extracting(Server::uid).isEqualTo(uids(before));
        }
        long thawed = System.nanoTime();

        // Then
        System.out.println("f04: " + refusals.count + " requests refused, the slowest after "
                + refusals.slowest.toMillis() + " ms (promised 2 s)");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> alice.start(runs).statusCode() == 202
                        && two.adminSide().get("/readyz").statusCode() == 200);
        tell("f04: served again (promised 5 s) after", thawed);
        String once = TestingPerson.id(idempotent.post(TestingPerson.WORKSPACES, "{\"displayName\":\"Once\"}"));
        assertThat(alice.workspaces()).containsExactlyInAnyOrder(runs, starts, once);
        alice.awaitState(runs, "RUNNING", PATIENCE);
        alice.awaitState(starts, "RUNNING", PATIENCE);
        installation.assertTheWorldIsRight(one, two);
        assertThat(installation.servers().pods()).extracting(Server::uid).isEqualTo(uids(before));
    }

    private static List<String> uids(List<Server> pods) {
        return pods.stream().map(Server::uid).toList();
    }

    /** What was answered while the database was away. */
    private static final class Refusals {

        private Duration slowest = Duration.ZERO;
        private int count;

        void take(Supplier<HttpResponse<String>> request) {
            long sent = System.nanoTime();
            HttpResponse<String> answer = request.get();
            Duration taken = Duration.ofNanos(System.nanoTime() - sent);
            slowest = slowest.compareTo(taken) > 0 ? slowest : taken;
            count++;
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }
}
