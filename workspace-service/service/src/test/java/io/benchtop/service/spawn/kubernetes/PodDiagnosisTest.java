package io.benchtop.service.spawn.kubernetes;

import static io.benchtop.service.spawn.kubernetes.TestingPods.deleted;
import static io.benchtop.service.spawn.kubernetes.TestingPods.failed;
import static io.benchtop.service.spawn.kubernetes.TestingPods.pending;
import static io.benchtop.service.spawn.kubernetes.TestingPods.ready;
import static io.benchtop.service.spawn.kubernetes.TestingPods.running;
import static io.benchtop.service.spawn.kubernetes.TestingPods.scheduled;
import static io.benchtop.service.spawn.kubernetes.TestingPods.server;
import static io.benchtop.service.spawn.kubernetes.TestingPods.terminated;
import static io.benchtop.service.spawn.kubernetes.TestingPods.tools;
import static io.benchtop.service.spawn.kubernetes.TestingPods.unscheduled;
import static io.benchtop.service.spawn.kubernetes.TestingPods.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.kubernetes.Finding.Ailing;
import io.benchtop.service.spawn.kubernetes.Finding.Answering;
import io.benchtop.service.spawn.kubernetes.Finding.OnItsWay;
import io.benchtop.service.spawn.kubernetes.Finding.Over;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodDiagnosisTest {

    private static final String NO_GPU = "0/1 nodes are available: 1 Insufficient nvidia.com/gpu. no new claims to"
            + " deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.";

    private static SeenEvent event(String reason, String message) {
        return new SeenEvent(SeenEvent.POD, false, reason, message, 1);
    }

    private static SeenEvent ofClaim(String reason, String message) {
        return new SeenEvent(SeenEvent.CLAIM, true, reason, message, 1);
    }

    static Stream<Arguments> phases() {
        return Stream.of(
                Arguments.of(pending(), List.of(), StartPhase.QUEUED),
                Arguments.of(unscheduled(NO_GPU), List.of(event("TriggeredScaleUp", "")), StartPhase.QUEUED),
                Arguments.of(scheduled(), List.of(), StartPhase.SCHEDULED),
                Arguments.of(scheduled(), List.of(event("Scheduled", "")), StartPhase.SCHEDULED),
                Arguments.of(
                        tools(waiting("PodInitializing", "")),
                        List.of(event("Scheduled", ""), event("Pulling", "")),
                        StartPhase.PULLING),
                Arguments.of(
                        tools(waiting("PodInitializing", "")),
                        List.of(event("Pulling", ""), event("Pulled", "")),
                        StartPhase.SCHEDULED),
                Arguments.of(server(running()), List.of(event("Pulling", "")), StartPhase.STARTING));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void tellsHowFarItIs(Pod pod, List<SeenEvent> events, StartPhase phase) {
        assertThat(PodDiagnosis.of(pod, events))
                .isInstanceOfSatisfying(
                        OnItsWay.class, way -> assertThat(way.phase()).isEqualTo(phase));
    }

    @Test
    void tellsThatItAnswers() {
        assertThat(PodDiagnosis.of(ready(), List.of())).isEqualTo(new Answering());
    }

    static Stream<Arguments> ailments() {
        return Stream.of(
                Arguments.of(unscheduled(NO_GPU), List.of(), EndingCode.UNSCHEDULABLE, "nvidia.com/gpu"),
                Arguments.of(
                        unscheduled("0/1 nodes are available: persistentvolumeclaim \"data\" not found."),
                        List.of(),
                        EndingCode.VOLUME_UNAVAILABLE,
                        "\"data\" not found"),
                Arguments.of(
                        unscheduled("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims."),
                        List.of(ofClaim("ProvisioningFailed", "storageclass.storage.k8s.io \"nope\" not found")),
                        EndingCode.VOLUME_UNAVAILABLE,
                        "\"nope\" not found"),
                Arguments.of(
                        scheduled(),
                        List.of(event("Scheduled", ""), event("FailedMount", "mount failed: exit status 32")),
                        EndingCode.VOLUME_UNAVAILABLE,
                        "exit status 32"),
                Arguments.of(
                        server(waiting("ErrImagePull", "not found")),
                        List.of(),
                        EndingCode.IMAGE_UNAVAILABLE,
                        "registry.example.com/torch:2"),
                Arguments.of(
                        server(waiting("ImagePullBackOff", "Back-off pulling image")),
                        List.of(event("Failed", "Failed to pull image: unauthorized")),
                        EndingCode.IMAGE_UNAVAILABLE,
                        "unauthorized"),
                Arguments.of(
                        tools(waiting("ImagePullBackOff", "")),
                        List.of(),
                        EndingCode.IMAGE_UNAVAILABLE,
                        "registry.example.com/tools:1"));
    }

    @ParameterizedTest
    @MethodSource("ailments")
    void givesTroubleThatMayPassLessThanTenSeconds(Pod pod, List<SeenEvent> events, EndingCode code, String words) {
        assertThat(PodDiagnosis.of(pod, events)).isInstanceOfSatisfying(Ailing.class, ailing -> {
            assertThat(ailing.code()).isEqualTo(code);
            assertThat(ailing.sentence()).contains(words).endsWith(".");
            assertThat(ailing.patience()).isLessThan(Duration.ofSeconds(10));
        });
    }

    @Test
    void waitsForAVolumeThatIsBeingMade() {
        // Given
        Pod pod = unscheduled("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.");

        // Then
        assertThat(PodDiagnosis.of(pod, List.of()))
                .isInstanceOfSatisfying(
                        Ailing.class, ailing -> assertThat(ailing.patience()).isGreaterThan(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MountVolume.SetUp failed for volume \"server\" : failed to sync secret cache: timed out waiting for the"
                        + " condition",
                "MountVolume.SetUp failed for volume \"server\" : object \"benchtop\"/\"server\" not registered"
            })
    void waitsForANodeWhoseCopyOfASecretIsLate(String message) {
        assertThat(PodDiagnosis.of(scheduled(), List.of(event("Scheduled", ""), event("FailedMount", message))))
                .isInstanceOfSatisfying(
                        Ailing.class, ailing -> assertThat(ailing.patience()).isGreaterThan(Duration.ofHours(1)));
    }

    @Test
    void aVolumeThatWasMadeAtTheSecondTryIsNoTrouble() {
        // Given
        Pod pod = unscheduled("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.");
        List<SeenEvent> events = List.of(
                ofClaim("ProvisioningFailed", "context deadline exceeded"), ofClaim("ProvisioningSucceeded", "made"));

        // Then
        assertThat(PodDiagnosis.of(pod, events))
                .isInstanceOfSatisfying(
                        Ailing.class, ailing -> assertThat(ailing.patience()).isGreaterThan(Duration.ofHours(1)));
    }

    @Test
    void aMountThatFailedAndThenWorkedIsForgotten() {
        assertThat(PodDiagnosis.of(
                        scheduled(),
                        List.of(event("FailedMount", "timed out waiting for the condition"), event("Pulling", ""))))
                .isInstanceOf(OnItsWay.class);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(server(waiting("InvalidImageName", "")), EndingCode.IMAGE_UNAVAILABLE, "torch:2"),
                Arguments.of(server(waiting("CrashLoopBackOff", "")), EndingCode.CRASH_LOOP, "again and again"),
                Arguments.of(server(terminated(3, "Error")), EndingCode.EXITED, "code 3"),
                Arguments.of(server(terminated(0, "Completed")), EndingCode.EXITED, "code 0"),
                Arguments.of(server(terminated(137, "Error")), EndingCode.EXITED, "killed"),
                Arguments.of(server(terminated(137, "OOMKilled")), EndingCode.OUT_OF_MEMORY, "larger profile"),
                Arguments.of(server(terminated(127, "Error")), EndingCode.ENVIRONMENT_BROKEN, "jupyter_server"),
                Arguments.of(tools(terminated(1, "Error")), EndingCode.ENVIRONMENT_BROKEN, "tools"),
                Arguments.of(failed("Evicted", "low on memory"), EndingCode.NODE_LOST, "low on memory"),
                Arguments.of(failed("NodeLost", null), EndingCode.NODE_LOST, "went away"),
                Arguments.of(failed("OutOfcpu", "no cpu"), EndingCode.UNSCHEDULABLE, "no cpu"),
                Arguments.of(
                        TestingPods.condition(deleted(ready()), "DisruptionTarget", "DeletionByTaintManager"),
                        EndingCode.NODE_LOST,
                        "node went away"),
                Arguments.of(deleted(ready()), EndingCode.EXITED, "not through Benchtop"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void knowsWhenItIsOver(Pod pod, EndingCode code, String words) {
        assertThat(PodDiagnosis.of(pod, List.of())).isInstanceOfSatisfying(Over.class, over -> {
            assertThat(over.code()).isEqualTo(code);
            assertThat(over.sentence()).contains(words).endsWith(".");
        });
    }

    @Test
    void aSecondFailedPullIsTheEnd() {
        // Given
        SeenEvent twice = new SeenEvent(SeenEvent.POD, true, "Failed", "Failed to pull image: not found", 2);

        // Then
        assertThat(PodDiagnosis.of(server(waiting("ErrImagePull", "")), List.of(twice)))
                .isInstanceOf(Over.class);
    }

    @Test
    void namesWhatIsLackingAndLeavesOutWhatThePersonCannotUse() {
        assertThat(Unschedulable.sentence(NO_GPU))
                .contains("No node has enough nvidia.com/gpu free", "of 1 nodes, 1 Insufficient nvidia.com/gpu")
                .doesNotContain("preemption");
        assertThat(Unschedulable.sentence("0/3 nodes are available: 1 Insufficient cpu, 2 Insufficient memory."))
                .contains("enough processors and memory free");
        assertThat(Unschedulable.sentence(
                        "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector."))
                .contains("No node of the cluster may run it");
    }
}
