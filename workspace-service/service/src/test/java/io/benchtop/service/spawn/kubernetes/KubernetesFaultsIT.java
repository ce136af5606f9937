package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.ExtraVolume;
import io.benchtop.service.profile.Gpu;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.profile.ServerSpec;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.RecordingWatch;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.ServerStatus.Ended;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.StartOutcome;
import io.benchtop.service.spawn.StartOutcome.Failed;
import io.benchtop.service.spawn.StartOutcome.Started;
import io.benchtop.service.spawn.WorkspaceId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in a cluster that answers; faults and attacks of SECURITY.md by their numbers. */
class KubernetesFaultsIT {

    private static final Resources RESOURCES = new Resources(128L << 20, null, 0.05);

    private static TestingCluster cluster;

    private final WorkspaceId id = WorkspaceId.random();
    private TestingSpawner testing;

    @BeforeAll
    static void openCluster() {
        cluster = TestingCluster.open("faults");
    }

    @AfterAll
    static void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void open() {
        testing = TestingSpawner.in(cluster);
    }

    @AfterEach
    void end() {
        testing.spawner().list().keySet().forEach(testing.spawner()::stop);
        testing.close();
    }

    private static SpawnRequest request(WorkspaceId id, ServerSpec spec) {
        return new SpawnRequest(id, 1, new UserName("alice"), new Slug("experiment"), spec);
    }

    private static ServerSpec behaving(String behaviour) {
        return spec(null, null, Map.of("BEHAVIOUR", behaviour));
    }

    private static ServerSpec spec(String image, Gpu gpu, Map<String, String> env) {
        return new ServerSpec(
                RESOURCES, image == null ? null : new ImageReference(image), gpu, Map.of(), List.of(), List.of(), env);
    }

    private ServerEnding failure(ServerSpec spec) {
        StartOutcome outcome = testing.spawner().start(request(id, spec), new RecordingWatch());
        assertThat(outcome).isInstanceOf(Failed.class);
        assertNothingIsLeft(id);
        return ((Failed) outcome).ending();
    }

    private static void assertNothingIsLeft(WorkspaceId id) {
        Map<String, String> label = Map.of(Labels.WORKSPACE, id.value());
        assertThat(cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withLabels(label)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(cluster.client()
                        .secrets()
                        .inNamespace(cluster.namespace())
                        .withLabels(label)
                        .list()
                        .getItems())
                .isEmpty();
    }

    private void assertStarts(SpawnRequest request) {
        assertThat(testing.spawner().start(request, new RecordingWatch())).isInstanceOf(Started.class);
    }

    @Test
    void f03APodThatWasDeletedWhileTheServiceWasDownIsFoundToBeGone() {
        // Given
        assertStarts(request(id, behaving("")));
        testing.close();
        PodResource pod =
                cluster.client().pods().inNamespace(cluster.namespace()).withName(ObjectNames.server(id, 1));
        pod.withGracePeriod(1).delete();
        pod.waitUntilCondition(Objects::isNull, 180, TimeUnit.SECONDS);

        // When
        testing = TestingSpawner.in(cluster);

        // Then
        assertThat(testing.spawner().list()).isEmpty();
        assertThat(testing.spawner().poll(id).toString()).startsWith("Absent");
    }

    @Test
    void f03APodThatEndedWhileTheServiceWasDownIsBuriedWithItsLog() {
        // Given
        assertStarts(request(id, behaving("")));
        testing.close();
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(ObjectNames.server(id, 1))
                .inContainer(PodFactory.SERVER)
                .redirectingOutput()
                .exec("sh", "-c", "kill 1")
                .exitCode()
                .join();

        // When
        testing = TestingSpawner.in(cluster);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> testing.spawner().list().isEmpty());
        assertThat(testing.spawner().poll(id)).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.ending().code()).isEqualTo(EndingCode.EXITED);
            assertThat(ended.ending().logTail()).anyMatch(line -> line.startsWith("fake lab"));
        });
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertNothingIsLeft(id));
    }

    @Test
    void f05WhatIsThereAndNotOursIsLeftAlone() {
        // Given
        Pod foreign = new PodFactory(TestingSettings.of(cluster.claims())).podFor(request(id, behaving("")));
        Pod changed = new PodBuilder(foreign)
                .editMetadata()
                .withNamespace(cluster.namespace())
                .addToLabels(Labels.WORKSPACE, "somebody-elses")
                .endMetadata()
                .build();
        cluster.client().resource(changed).create();

        // When
        StartOutcome outcome = testing.spawner().start(request(id, behaving("")), new RecordingWatch());

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.ending().code()).isEqualTo(EndingCode.REFUSED);
            assertThat(failed.ending().sentence()).contains(ObjectNames.server(id, 1));
        });
        assertThat(cluster.client().resource(changed).get()).isNotNull();
        cluster.client().resource(changed).withGracePeriod(1).delete();
    }

    @Test
    void f13AHomeOfAClassThatIsNotThereFailsInTheClustersWordsAndMayBeTriedAgain() {
        // Given
        testing.close();
        testing = TestingSpawner.in(cluster, new HomeStore.Claims("no-such-class", "1Gi"), TestingCluster.config());

        // When
        ServerEnding ending = failure(behaving(""));

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.VOLUME_UNAVAILABLE);
        assertThat(ending.sentence()).contains("no-such-class");
        assertThat(failure(behaving("")).code()).isEqualTo(EndingCode.VOLUME_UNAVAILABLE);
    }

    @Test
    void f19BadImagesFailAloneAmongGoodOnes() {
        // Given
        String nowhere = TestingImage.registry() + "/benchtop-testing/no-such-image:1";
        List<WorkspaceId> bad = Stream.generate(WorkspaceId::random).limit(2).toList();
        List<WorkspaceId> good = Stream.generate(WorkspaceId::random).limit(3).toList();

        // When
        List<CompletableFuture<StartOutcome>> failing = bad.stream()
                .map(some -> inBackground(request(some, spec(nowhere, null, Map.of()))))
                .toList();
        List<CompletableFuture<StartOutcome>> starting = good.stream()
                .map(some -> inBackground(request(some, behaving(""))))
                .toList();

        // Then
        assertThat(starting).allSatisfy(start -> assertThat(start.join()).isInstanceOf(Started.class));
        assertThat(failing)
                .allSatisfy(start -> assertThat(start.join()).isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.ending().code())
                            .as(failed.ending().sentence())
                            .isEqualTo(EndingCode.IMAGE_UNAVAILABLE);
                    assertThat(failed.ending().sentence()).contains(nowhere);
                }));
        bad.forEach(KubernetesFaultsIT::assertNothingIsLeft);
        assertThat(testing.spawner().list()).containsOnlyKeys(good);
    }

    private CompletableFuture<StartOutcome> inBackground(SpawnRequest request) {
        return CompletableFuture.supplyAsync(
                () -> testing.spawner().start(request, new RecordingWatch()), Thread::startVirtualThread);
    }

    @Test
    void saysWhichResourceIsLackingAndHowMuchIsFree() {
        // When
        ServerEnding ending = failure(spec(null, new Gpu("nvidia.com/gpu", 64), Map.of()));

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.UNSCHEDULABLE);
        assertThat(ending.sentence()).contains("No node has enough nvidia.com/gpu free", "asked for: 64");
    }

    @Test
    void saysThatTheMemoryWasNotEnough() {
        assertThat(failure(behaving("memory")).code()).isEqualTo(EndingCode.OUT_OF_MEMORY);
    }

    @Test
    void s11AHostileValueReachesTheServerAsItIsAndChangesNothingElse() {
        // Given
        String hostile = "$(HOME) $$HOME ${jndi:ldap://x} {{7*7}} \"}],\"hostPID\":true,\"x\":[{\" # &a *a";
        RecordingWatch watch = new RecordingWatch();

        // When
        testing.spawner()
                .start(request(id, spec(null, null, Map.of("BEHAVIOUR", "print HOSTILE", "HOSTILE", hostile))), watch);

        // Then
        assertThat(watch.lines()).contains(hostile);
        Pod pod = cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(ObjectNames.server(id, 1))
                .get();
        assertThat(pod.getSpec().getHostPID()).isNull();
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void s12AVolumeThatTheClustersPolicyForbidsIsRefusedInItsWords() {
        // Given
        ExtraVolume nfs = new ExtraVolume(new ExtraVolume.Nfs("nfs.example.com", "/exports"), "/data", true);

        // When
        ServerEnding ending =
                failure(new ServerSpec(RESOURCES, null, null, Map.of(), List.of(), List.of(nfs), Map.of()));

        // Then
        assertThat(ending.code()).isEqualTo(EndingCode.REFUSED);
        assertThat(ending.sentence()).contains("restricted");
    }
}
