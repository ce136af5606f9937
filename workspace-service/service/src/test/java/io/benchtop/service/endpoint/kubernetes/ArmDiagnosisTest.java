package io.benchtop.service.endpoint.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.endpoint.ArmState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArmDiagnosisTest {

    private static final Deployment QUIET = new Deployment();

    private static Pod pod(String name, String status) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec: {containers: []}
                status: %s
                """.formatted(name, status), Pod.class);
    }

    private static final String SCHEDULED = "{type: PodScheduled, status: 'True'}";
    private static final String READY =
            "{podIP: 10.0.0.%d, conditions: [" + SCHEDULED + ", {type: Ready, status: 'True'}]}";

    @Test
    void asSoonAsOnePodIsReadyItsAddressesAreTold() {
        // Given
        Pod starting = pod("a", "{conditions: [" + SCHEDULED + "]}");
        Pod ready = pod("b", READY.formatted(7));

        // When
        ArmState state = ArmDiagnosis.of(QUIET, List.of(starting, ready));

        // Then
        assertThat(state).isInstanceOfSatisfying(ArmState.Ready.class, seen -> {
            assertThat(seen.servers()).singleElement().satisfies(server -> {
                assertThat(server.http()).hasToString("http://10.0.0.7:8080");
                assertThat(server.grpc()).isEqualTo("10.0.0.7:8081");
                assertThat(server.admin()).hasToString("http://10.0.0.7:8082");
            });
            assertThat(seen.trouble()).isNull();
        });
    }

    @Test
    void whatWaitsForANodeBesideOneThatIsReadyIsTold() {
        // Given
        Pod waiting = pod(
                "a",
                "{conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: Insufficient"
                        + " nvidia.com/gpu}]}");

        // Then
        assertThat(ArmDiagnosis.of(QUIET, List.of(waiting, pod("b", READY.formatted(7)))))
                .isInstanceOfSatisfying(
                        ArmState.Ready.class,
                        seen -> assertThat(seen.trouble())
                                .isEqualTo("It waits for a place on a node. Insufficient nvidia.com/gpu."));
    }

    @Test
    void aPodThatEndsIsAskedNoMore() {
        // Given
        Pod ending = pod("a", READY.formatted(1));
        ending.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        // Then
        assertThat(ArmDiagnosis.of(QUIET, List.of(ending))).isInstanceOf(ArmState.Starting.class);
    }

    @Test
    void aPodThatItsNodeHasEvictedIsNoTroubleOfTheOneThatIsMadeForIt() {
        // Given
        Pod evicted = pod(
                "a",
                "{phase: Failed, reason: Evicted, conditions: [" + SCHEDULED + "], containerStatuses: [{name: server,"
                        + " ready: false, state: {terminated: {exitCode: 137}}}]}");
        Pod next = pod("b", "{conditions: [" + SCHEDULED + "]}");

        // Then
        assertThat(ArmDiagnosis.of(QUIET, List.of(evicted, next))).isInstanceOf(ArmState.Starting.class);
    }

    @Test
    void addressesComeInTheSameOrderWhateverTheCacheTells() {
        // Given
        Pod one = pod("a", READY.formatted(1));
        Pod two = pod("b", READY.formatted(2));

        // Then
        assertThat(ArmDiagnosis.of(QUIET, List.of(two, one))).isEqualTo(ArmDiagnosis.of(QUIET, List.of(one, two)));
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(
                        "{conditions: [" + SCHEDULED + "], containerStatuses: [{name: server, image: x/y:1, state:"
                                + " {waiting: {reason: ImagePullBackOff, message: not found}}}]}",
                        "IMAGE_UNAVAILABLE",
                        "x/y:1, cannot be fetched: not found."),
                Arguments.of(
                        "{conditions: [" + SCHEDULED
                                + "], initContainerStatuses: [{name: fetch, ready: false, restartCount: 2, state:"
                                + " {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1,"
                                + " message: answered with 401}}}]}",
                        "FETCH_FAILED",
                        "answered with 401."),
                Arguments.of(
                        "{conditions: [" + SCHEDULED + "], containerStatuses: [{name: server, ready: false,"
                                + " restartCount: 3, state: {running: {}}, lastState: {terminated: {exitCode: 137,"
                                + " reason: OOMKilled}}}]}",
                        "ENDED",
                        "3 times, the last time because it took more memory than its hardware allows"),
                Arguments.of(
                        "{conditions: [" + SCHEDULED + "], containerStatuses: [{name: server, ready: false,"
                                + " restartCount: 1, state: {running: {}}, lastState: {terminated: {exitCode: 139,"
                                + " message: SIGSEGV}}}]}",
                        "ENDED",
                        "once, the last time with status 139, and is started again. Its last lines: SIGSEGV."),
                Arguments.of(
                        "{conditions: [" + SCHEDULED + "], containerStatuses: [{name: server, ready: false, state:"
                                + " {waiting: {reason: CreateContainerConfigError, message: no secret}}}]}",
                        "REFUSED",
                        "no secret."));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whatIsToBlameIsTold(String status, String code, String part) {
        // When
        ArmState state = ArmDiagnosis.of(QUIET, List.of(pod("a", status)));

        // Then
        assertThat(state).isInstanceOfSatisfying(ArmState.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.message()).contains(part);
        });
        assertThat(ArmDiagnosis.of(QUIET, List.of(pod("a", status), pod("b", READY.formatted(7)))))
                .isInstanceOfSatisfying(
                        ArmState.Ready.class,
                        ready -> assertThat(ready.trouble()).contains(part));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsOnItsWaySaysHowFar(String status, String part) {
        assertThat(ArmDiagnosis.of(QUIET, List.of(pod("a", status))))
                .isInstanceOfSatisfying(
                        ArmState.Starting.class,
                        starting -> assertThat(starting.message()).contains(part));
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("{conditions: []}", "It waits for a place on a node."),
                Arguments.of(
                        "{conditions: [{type: PodScheduled, status: 'False', message: 0/3 nodes are available}]}",
                        "0/3 nodes are available."),
                Arguments.of("{conditions: [" + SCHEDULED + "]}", "Its files are being fetched."),
                Arguments.of(
                        "{conditions: [" + SCHEDULED + "], initContainerStatuses: [{name: fetch, ready: false,"
                                + " restartCount: 1, state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]}",
                        "could not be fetched, and are fetched again."),
                Arguments.of(
                        "{conditions: [" + SCHEDULED + "], containerStatuses: [{name: server, ready: false, state:"
                                + " {running: {}}}]}",
                        "The model is being loaded."));
    }

    @Test
    void podsThatTheClusterRefusesAreToldOfByTheDeployment() {
        // Given
        Deployment refused = Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                status: {conditions: [{type: ReplicaFailure, status: 'True', message: exceeded quota}]}
                """, Deployment.class);

        // Then
        assertThat(ArmDiagnosis.of(refused, List.of()))
                .isInstanceOfSatisfying(
                        ArmState.Failed.class,
                        failed -> assertThat(failed.message()).contains("exceeded quota."));
        assertThat(ArmDiagnosis.of(QUIET, List.of())).isInstanceOf(ArmState.Starting.class);
    }
}
