package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.spawn.ServerStatus.Alive;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a pod says about the server in it. */
final class Pods {

    private Pods() {}

    /** Not ended, and not about to: a pod that is being deleted does not count, however long its node lets it linger. */
    static boolean isLive(Pod pod) {
        return PodEnding.of(pod).isEmpty();
    }

    static Optional<Pod> newestLive(List<Pod> pods) {
        return pods.stream().filter(Pods::isLive).max(Comparator.comparingLong(Labels::generation));
    }

    static Optional<Pod> newest(List<Pod> pods) {
        return pods.stream().max(Comparator.comparingLong(Labels::generation));
    }

    static boolean isReady(Pod pod) {
        return condition(pod, "Ready")
                .filter(condition -> condition.getStatus().equals("True"))
                .isPresent();
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    static Optional<ContainerStatus> server(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(container -> container.getName().equals(PodFactory.SERVER))
                .findFirst();
    }

    static Optional<ContainerStateRunning> running(Pod pod) {
        return server(pod).map(container -> container.getState().getRunning());
    }

    static Alive alive(Pod pod, String identityKey) {
        Optional<ContainerStateRunning> running = running(pod);
        return new Alive(
                Labels.generation(pod),
                "pod " + pod.getMetadata().getName() + " " + pod.getMetadata().getUid(),
                target(pod.getStatus().getPodIP()),
                identityKey,
                running.map(state -> instant(state.getStartedAt())).orElse(null),
                running.map(_ -> ServerResources.limits(pod)).orElse(null));
    }

    private static @Nullable URI target(@Nullable String address) {
        if (address == null || address.isEmpty()) {
            return null;
        }
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + host + ":" + PodFactory.PORT);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
