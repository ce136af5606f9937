package io.benchtop.service.endpoint.kubernetes;

import io.benchtop.service.endpoint.ArmState;
import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.model.kubernetes.ModelPods;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a Deployment and its pods say about an arm: as soon as one pod is ready, that; else what is to blame, the nearest cause
 * first. What keeps others from being ready that should be, such as new pods on other hardware, is told beside it. Pure.
 */
final class ArmDiagnosis {

    private static final Set<String> IMAGE_TROUBLE =
            Set.of("InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "ErrImagePull", "ImagePullBackOff");
    private static final Set<String> CONTAINER_TROUBLE =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
    private static final Set<String> ENDED = Set.of("Failed", "Succeeded");
    /** A service that restarts gives no files for a moment. */
    private static final int FETCHES_WITHOUT_WORRY = 2;

    private static final String ASK = " Ask an administrator to look at it.";

    private ArmDiagnosis() {}

    static ArmState of(Deployment deployment, List<Pod> pods) {
        List<Pod> live = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && !hasEnded(pod))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        List<ArmState.Server> servers = live.stream()
                .filter(pod -> isTrue(condition(pod, "Ready")))
                .flatMap(pod -> server(pod.getStatus().getPodIP()).stream())
                .toList();
        if (!servers.isEmpty()) {
            return new ArmState.Ready(servers, trouble(live));
        }
        return live.stream()
                .map(ArmDiagnosis::of)
                .max(Comparator.comparing(state -> state instanceof ArmState.Failed))
                .orElseGet(() -> withoutPods(deployment));
    }

    /** One that is on its way, as after a change, is no trouble. */
    private static @Nullable String trouble(List<Pod> live) {
        return live.stream()
                .filter(pod -> !isTrue(condition(pod, "Ready")))
                .flatMap(pod -> switch (of(pod)) {
                    case ArmState.Failed(String _, String message) -> Stream.of(message);
                    case ArmState.Starting(String message)
                    when !isTrue(condition(pod, "PodScheduled")) -> Stream.of(message);
                    default -> Stream.empty();
                })
                .findFirst()
                .orElse(null);
    }

    /** Such as one that its node has evicted: another one is made for it. */
    private static boolean hasEnded(Pod pod) {
        return ENDED.contains(Objects.requireNonNullElse(pod.getStatus().getPhase(), ""));
    }

    private static Optional<ArmState.Server> server(@Nullable String address) {
        if (address == null || address.isEmpty()) {
            return Optional.empty();
        }
        String host = address.contains(":") ? "[" + address + "]" : address;
        return Optional.of(new ArmState.Server(
                URI.create("http://" + host + ":" + ArmObjects.HTTP_PORT),
                host + ":" + ArmObjects.GRPC_PORT,
                URI.create("http://" + host + ":" + ArmObjects.ADMIN_PORT)));
    }

    /** Nobody makes pods if a quota or a policy forbids it. */
    private static ArmState withoutPods(Deployment deployment) {
        List<DeploymentCondition> conditions = deployment.getStatus() == null
                ? List.of()
                : deployment.getStatus().getConditions();
        return conditions.stream()
                .filter(condition -> condition.getType().equals("ReplicaFailure")
                        && condition.getStatus().equals("True"))
                .findFirst()
                .<ArmState>map(condition -> new ArmState.Failed(
                        "REFUSED", "The cluster refuses its pods: " + Sentences.of(condition.getMessage()) + ASK))
                .orElseGet(() -> new ArmState.Starting("It is being started."));
    }

    private static ArmState of(Pod pod) {
        Optional<PodCondition> scheduled = condition(pod, "PodScheduled");
        if (!isTrue(scheduled)) {
            String why =
                    scheduled.map(PodCondition::getMessage).map(Sentences::of).orElse("");
            return new ArmState.Starting("It waits for a place on a node." + (why.isEmpty() ? "" : " " + why));
        }
        return Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .flatMap(container -> trouble(container).stream())
                .findFirst()
                .orElseGet(() -> onItsWay(pod));
    }

    private static Optional<ArmState> trouble(ContainerStatus container) {
        ContainerState state = container.getState();
        String reason = state.getWaiting() == null
                ? ""
                : Objects.requireNonNullElse(state.getWaiting().getReason(), "");
        String message = state.getWaiting() == null
                ? ""
                : Sentences.of(state.getWaiting().getMessage());
        if (IMAGE_TROUBLE.contains(reason)) {
            return failed(
                    "IMAGE_UNAVAILABLE",
                    "The image of the model-server, " + Sentences.quoted(container.getImage()) + ", cannot be fetched: "
                            + message + ASK);
        }
        if (CONTAINER_TROUBLE.contains(reason)) {
            return failed("REFUSED", "Its node cannot make the container: " + message + ASK);
        }
        Optional<ContainerStateTerminated> end = Optional.ofNullable(state.getTerminated())
                .or(() -> Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated))
                .filter(each -> each.getExitCode() == null || each.getExitCode() != 0);
        return end.filter(_ -> !Boolean.TRUE.equals(container.getReady())).flatMap(each -> ended(container, each));
    }

    private static Optional<ArmState> ended(ContainerStatus container, ContainerStateTerminated end) {
        String last = Sentences.of(end.getMessage());
        int restarts = Objects.requireNonNullElse(container.getRestartCount(), 0);
        if (container.getName().equals(ModelPods.FETCH)) {
            String sentence = "The files of the version could not be fetched, and are fetched again."
                    + (last.isEmpty() ? "" : " Its last lines: " + last);
            return restarts < FETCHES_WITHOUT_WORRY
                    ? Optional.of(new ArmState.Starting(sentence))
                    : failed("FETCH_FAILED", sentence);
        }
        String times = restarts < 2 ? "once" : restarts + " times";
        String why = "OOMKilled".equals(end.getReason())
                ? "because it took more memory than its hardware allows"
                : "with status " + end.getExitCode();
        return failed(
                "ENDED",
                "Its model-server ended " + times + ", the last time " + why + ", and is started again."
                        + (last.isEmpty() ? "" : " Its last lines: " + last));
    }

    private static Optional<ArmState> failed(String code, String message) {
        return Optional.of(new ArmState.Failed(code, message));
    }

    private static ArmState onItsWay(Pod pod) {
        boolean loading = pod.getStatus().getContainerStatuses().stream()
                .anyMatch(container -> container.getState().getRunning() != null);
        return new ArmState.Starting(loading ? "The model is being loaded." : "Its files are being fetched.");
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static boolean isTrue(Optional<PodCondition> condition) {
        return condition.filter(each -> each.getStatus().equals("True")).isPresent();
    }
}
