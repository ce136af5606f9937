package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.User;
import io.benchtop.service.identity.jdbc.JdbiUserRepository;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.spawn.FakeSpawner;
import io.benchtop.service.spawn.FakeWarmServers;
import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WarmServers;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.WorkspaceState.Queued;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two services over one database and one world of servers (SECURITY.md F01, F17, S49). */
public abstract class ReplicasContract {

    private final FakeSpawner spawner = new FakeSpawner(Clock.systemUTC());
    private final List<Replica> replicas = new ArrayList<>();
    private Jdbi jdbi;

    protected abstract Jdbi database();

    @BeforeEach
    void open() {
        jdbi = database();
        new JdbiUserRepository(jdbi)
                .insert(new User(Replica.ALICE, new DisplayName("Alice"), Role.DEVELOPER, false, Instant.EPOCH, null));
    }

    @AfterEach
    void close() {
        spawner.hang(false);
        replicas.forEach(Replica::close);
    }

    private Replica replica() {
        return replica(1000);
    }

    /** Its profile wants one warm server. */
    private Replica warmedReplica(WarmServers warm) {
        Replica replica = new Replica(jdbi, spawner, warm, 1000);
        replicas.add(replica);
        return replica;
    }

    private Replica replica(int quota) {
        Replica replica = new Replica(jdbi, spawner, quota);
        replicas.add(replica);
        return replica;
    }

    private static WorkspaceState state(Replica replica, WorkspaceId id) {
        return replica.rows.find(id).orElseThrow().state();
    }

    private static void awaitState(Replica replica, WorkspaceId id, Class<? extends WorkspaceState> state) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(state(replica, id)).isInstanceOf(state));
    }

    @Test
    void aStartIsMadeOnceHoweverManyReplicasThereAre() {
        // Given
        List<Replica> three = List.of(replica(), replica(), replica());

        // When
        List<WorkspaceId> ids = IntStream.range(0, 30)
                .mapToObj(number -> three.get(number % 3).create("Many", false))
                .toList();
        CompletableFuture.allOf(ids.stream()
                        .flatMap(id -> three.stream().map(any -> CompletableFuture.runAsync(() -> any.start(id))))
                        .toArray(CompletableFuture[]::new))
                .join();

        // Then
        ids.forEach(id -> awaitState(three.getFirst(), id, Running.class));
        assertThat(spawner.startedProcesses()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"starting-written", "server-ready", "running-written"})
    void f01f17WhereOneStopsTheOtherGoesOnAndTheFirstIsRefusedWhenItWakes(String step) {
        // Given
        Replica frozen = replica().stoppingAt(step);
        WorkspaceId id = frozen.create("Start", true);
        await().atMost(Duration.ofSeconds(60)).until(frozen::hasStopped);

        // When
        Replica other = replica();

        // Then
        awaitState(other, id, Running.class);
        await().atMost(Duration.ofSeconds(60)).until(() -> lapsed().isEmpty());

        // When
        other.stop(id);
        awaitState(other, id, Stopped.class);
        Workspace before = other.rows.find(id).orElseThrow();
        frozen.thaw();

        // Then
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(other.rows.find(id)).contains(before));
        assertThat(spawner.list()).isEmpty();
        assertThat(spawner.startedProcesses()).isEqualTo(1);
    }

    private List<String> lapsed() {
        return jdbi.withHandle(handle -> handle.createQuery("select name from leases")
                .mapTo(String.class)
                .list());
    }

    @Test
    void aDeletionThatOneBeganIsFinishedByTheOther() {
        // Given
        Replica frozen = replica().stoppingAt("files-gone");
        WorkspaceId id = frozen.create("Gone", false);
        frozen.delete(id);
        await().atMost(Duration.ofSeconds(60)).until(frozen::hasStopped);

        // When
        Replica other = replica();

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(other.rows.find(id)).isEmpty());
    }

    @Test
    void f17OneThatIsCutOffWhileItWaitsForAServerLeavesItAsItIs() {
        // Given
        spawner.hang(true);
        Replica cutOff = replica();
        WorkspaceId id = cutOff.create("Waits", true);
        awaitState(cutOff, id, Starting.class);
        Replica other = replica();

        // When
        cutOff.cutOff();
        await().atMost(Duration.ofSeconds(60)).until(() -> spawner.waitingStarts() == 1 && holder().size() == 2);
        spawner.hang(false);

        // Then
        awaitState(other, id, Running.class);
        assertThat(spawner.startedProcesses()).isEqualTo(1);
    }

    /** Who had a lease so far. */
    private final List<String> holders = new CopyOnWriteArrayList<>();

    private List<String> holder() {
        jdbi.useHandle(handle -> handle.createQuery("select holder from leases")
                .mapTo(String.class)
                .forEach(holder -> {
                    if (!holders.contains(holder)) {
                        holders.add(holder);
                    }
                }));
        return holders;
    }

    @Test
    void aStopThatIsAskedElsewhereReachesTheOneThatStarts() {
        // Given
        spawner.hang(true);
        Replica starts = replica();
        WorkspaceId id = starts.create("Stop", true);
        awaitState(starts, id, Starting.class);
        Replica other = replica();

        // When
        other.stop(id);

        // Then
        awaitState(other, id, Stopped.class);
        assertThat(spawner.list()).isEmpty();
    }

    @Test
    void everyReplicaTellsHowFarAStartIs() {
        // Given
        spawner.hang(true);
        Replica starts = replica();
        Replica other = replica();
        List<WorkspaceEvents.Event> heard = new CopyOnWriteArrayList<>();
        other.feature.events().subscribe(heard::add);

        // When
        WorkspaceId id = starts.create("Phases", true);

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(other.feature
                                .descriptions()
                                .of(other.rows.find(id).orElseThrow())
                                .state())
                        .returns("starting", state -> state.phase())
                        .returns("Starting as told.", state -> state.detail()));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(heard)
                        .anyMatch(event -> event instanceof WorkspaceEvents.Changed(Workspace now)
                                && now.state() instanceof Starting starting
                                && starting.progress().detail().equals("Starting as told.")));
    }

    @Test
    void s49OfParallelCreationsOverTwoReplicasTheQuotaLetsOneThrough() {
        // Given
        List<Replica> two = List.of(replica(1), replica(1));

        // When
        List<CompletableFuture<ErrorCode>> asked = IntStream.range(0, 50)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> refusal(two.get(number % 2))))
                .toList();
        List<ErrorCode> refusals = asked.stream()
                .map(CompletableFuture::join)
                .filter(code -> code != ErrorCode.INTERNAL_ERROR)
                .toList();

        // Then
        assertThat(refusals).hasSize(49).containsOnly(ErrorCode.QUOTA_REACHED);
        List<Workspace> made = two.getFirst().rows.list();
        assertThat(made).hasSize(1);
        awaitState(two.getFirst(), made.getFirst().id(), Running.class);
        assertThat(spawner.startedProcesses()).isEqualTo(1);
    }

    /** {@code INTERNAL_ERROR} stands for none. */
    private static ErrorCode refusal(Replica replica) {
        try {
            replica.create("Only one", true);
            return ErrorCode.INTERNAL_ERROR;
        } catch (ProblemException e) {
            return e.code();
        }
    }

    @Test
    void aWarmServerBecomesTheServerOfOneOfTheWorkspacesThatWantIt() {
        // Given
        FakeWarmServers warm = new FakeWarmServers();
        List<Replica> two = List.of(warmedReplica(warm), warmedReplica(warm));
        await().atMost(Duration.ofSeconds(60)).until(() -> warm.list().size() == 1);
        WorkspaceId waiting = warm.list().getFirst().id();
        warm.becoming(State.STARTING);

        // When
        List<WorkspaceId> ids = IntStream.range(0, 10)
                .mapToObj(number ->
                        CompletableFuture.supplyAsync(() -> two.get(number % 2).create("Fast", true)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // Then
        assertThat(ids).doesNotHaveDuplicates().contains(waiting);
        ids.forEach(id -> awaitState(two.getFirst(), id, Running.class));
    }

    @Test
    void asManyServersAreKeptWarmAsAreWantedHoweverManyReplicasThereAre() {
        // Given
        FakeWarmServers warm = new FakeWarmServers();
        List<Replica> two = List.of(warmedReplica(warm), warmedReplica(warm));
        await().atMost(Duration.ofSeconds(60)).until(() -> warm.list().size() == 1);

        // When
        WorkspaceId id = two.getFirst().create("Takes it", true);
        awaitState(two.getFirst(), id, Running.class);
        warm.claim(id);
        WorkspaceId stopped = two.getFirst().create("Is not started", false);

        // Then
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(60)).until(() -> warm.made() == 2);
        assertThat(warm.list()).extracting(WarmServer::id).doesNotContain(id, stopped);
    }

    @Test
    void oneThatEndsAgainAndAgainIsNotMadeAgainAndAgain() {
        // Given
        FakeWarmServers warm = new FakeWarmServers();
        warm.becoming(State.ENDED);

        // When
        warmedReplica(warm);

        // Then
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(60)).until(() -> warm.made() == 1);
    }

    @Test
    void oneThatDoesNotSeeAServerYetDoesNotDeclareItDead() {
        // Given
        FakeSpawner blind = new FakeSpawner(Clock.systemUTC());
        Replica starts = replica();
        Replica behind = new Replica(jdbi, blind, 1000);
        replicas.add(behind);

        // When
        WorkspaceId id = starts.create("Seen late", false);
        starts.start(id);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !(state(starts, id) instanceof Queued) && !(state(starts, id) instanceof Stopped));

        // Then
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(state(starts, id)).isInstanceOf(Running.class));
    }
}
