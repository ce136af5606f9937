package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.spawn.EndingCode;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a pod ended, read from the pod alone; empty while it lives. Pure, so that each case is a line in the tests. */
record PodEnding(EndingCode code, String sentence) {

    private static final String AGAIN = " Start it again.";

    PodEnding {
        requireNonNull(code, "code is null");
        requireNonNull(sentence, "sentence is null");
    }

    static Optional<PodEnding> of(Pod pod) {
        PodStatus status = pod.getStatus();
        return byCluster(pod, status)
                .or(() -> terminated(status.getInitContainerStatuses().stream())
                        .filter(state -> state.getExitCode() != 0)
                        .map(PodEnding::ofTools))
                .or(() -> terminated(status.getContainerStatuses().stream()).map(PodEnding::ofServer))
                .or(() -> deleted(pod))
                .or(() -> ended(status));
    }

    private static Optional<ContainerStateTerminated> terminated(Stream<ContainerStatus> containers) {
        return containers
                .map(container -> container.getState().getTerminated())
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** What the cluster itself did to the pod says more than how its containers took it. */
    private static Optional<PodEnding> byCluster(Pod pod, PodStatus status) {
        String reason = Objects.toString(status.getReason(), "");
        if (reason.equals("Evicted")) {
            return Optional.of(new PodEnding(
                    EndingCode.NODE_LOST, "Its node put it out: " + Sentences.of(status.getMessage()) + AGAIN));
        }
        Optional<String> disruption = Pods.condition(pod, "DisruptionTarget")
                .filter(condition -> condition.getStatus().equals("True"))
                .map(condition -> Objects.toString(condition.getReason(), ""));
        if (disruption.isPresent()) {
            return Optional.of(new PodEnding(EndingCode.NODE_LOST, disrupted(disruption.get()) + AGAIN));
        }
        return switch (reason) {
            case "NodeLost" -> Optional.of(new PodEnding(EndingCode.NODE_LOST, "Its node went away." + AGAIN));
            case "Terminated", "NodeShutdown", "Shutdown" ->
                Optional.of(new PodEnding(EndingCode.NODE_LOST, "Its node was shut down." + AGAIN));
            default ->
                reason.startsWith("OutOf") || reason.equals("UnexpectedAdmissionError") || reason.equals("NodeAffinity")
                        ? Optional.of(new PodEnding(
                                EndingCode.UNSCHEDULABLE,
                                "Its node had no room for it after all: " + Sentences.of(status.getMessage()) + AGAIN))
                        : Optional.empty();
        };
    }

    private static String disrupted(String reason) {
        return switch (reason) {
            case "DeletionByTaintManager", "DeletionByPodGC" -> "Its node went away.";
            case "PreemptionByScheduler" -> "It was put out to make room for something more urgent.";
            case "EvictionByEvictionAPI" -> "It was put out because its node is being emptied.";
            default -> "Its node put it out.";
        };
    }

    private static PodEnding ofTools(ContainerStateTerminated state) {
        return new PodEnding(
                EndingCode.ENVIRONMENT_BROKEN,
                "Benchtop's tools could not be brought into the pod (" + cause(state)
                        + "). Ask an administrator to look at the tools image.");
    }

    private static PodEnding ofServer(ContainerStateTerminated state) {
        String reason = Objects.toString(state.getReason(), "");
        if (reason.equals("OOMKilled")) {
            return new PodEnding(
                    EndingCode.OUT_OF_MEMORY,
                    "It used more memory than the workspace's profile allows and was ended. Start it again with a larger"
                            + " profile, or load less data at once.");
        }
        return switch (state.getExitCode()) {
            case 78, 126, 127, 128 ->
                new PodEnding(
                        EndingCode.ENVIRONMENT_BROKEN,
                        "The image cannot run a server (" + cause(state)
                                + "): it needs a shell and a Python with jupyter_server 2 or later. The log may say more;"
                                + " choose another profile, or ask an administrator to look at the image.");
            case 137 -> new PodEnding(EndingCode.EXITED, "JupyterLab was killed (exit code 137). The log may say why.");
            default ->
                new PodEnding(
                        EndingCode.EXITED,
                        "JupyterLab exited with code " + state.getExitCode() + ". The log may say why.");
        };
    }

    private static String cause(ContainerStateTerminated state) {
        String message = Sentences.quoted(state.getMessage());
        return "exit code " + state.getExitCode() + (message.isEmpty() ? "" : ": " + message);
    }

    private static Optional<PodEnding> deleted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                ? Optional.empty()
                : Optional.of(new PodEnding(
                        EndingCode.EXITED, "Its pod was deleted in the cluster, not through Benchtop." + AGAIN));
    }

    private static Optional<PodEnding> ended(PodStatus status) {
        String phase = Objects.toString(status.getPhase(), "").toLowerCase(Locale.ROOT);
        return phase.equals("failed") || phase.equals("succeeded")
                ? Optional.of(new PodEnding(
                        EndingCode.EXITED, ("Its pod ended. " + Sentences.of(status.getMessage())).strip() + AGAIN))
                : Optional.empty();
    }
}
