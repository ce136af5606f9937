package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.kubernetes.Finding.Ailing;
import io.benchtop.service.spawn.kubernetes.Finding.Answering;
import io.benchtop.service.spawn.kubernetes.Finding.OnItsWay;
import io.benchtop.service.spawn.kubernetes.Finding.Over;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a starting pod as a doctor does: what it says of itself first, then what was said about it. Pure.
 *
 * <p>A finding that may pass by itself gets just so much patience that the start ends within ten seconds of the event that
 * is to blame; only what is slow without being wrong, such as a volume that is being made, may last as long as the start.
 */
final class PodDiagnosis {

    static final Duration SHORT = Duration.ofSeconds(8);
    private static final Duration AS_LONG_AS_THE_START = Duration.ofDays(1);
    private static final int SECOND_FAILURE = 2;

    private static final Set<String> MOUNT_TROUBLE =
            Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume", "VolumeResizeFailed");

    /**
     * A node's own copy of a secret or config map that is late, on a busy node by many seconds; it asks again by itself. What
     * is not there at all is said in other words ("not found").
     */
    private static final List<String> LATE_COPY = List.of("failed to sync", "not registered");

    private static final Set<String> CLAIM_TROUBLE = Set.of("ProvisioningFailed", "FailedBinding", "ClaimLost");
    private static final String PROVIDED = "ProvisioningSucceeded";
    private static final String ASK = " Ask an administrator to look at it.";

    private PodDiagnosis() {}

    /** @param events of the pod and its claim, the latest last */
    static Finding of(Pod pod, List<SeenEvent> events) {
        Optional<PodEnding> ending = PodEnding.of(pod);
        if (ending.isPresent()) {
            return new Over(ending.get().code(), ending.get().sentence());
        }
        if (Pods.isReady(pod)) {
            return new Answering();
        }
        Optional<PodCondition> scheduled = Pods.condition(pod, "PodScheduled");
        if (scheduled.isEmpty() || !scheduled.get().getStatus().equals("True")) {
            return unscheduled(scheduled.map(PodCondition::getMessage).orElse(null), events);
        }
        return Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .flatMap(container -> waiting(container, events).stream())
                .findFirst()
                .or(() -> mountTrouble(events))
                .orElseGet(() -> onItsWay(pod, events));
    }

    private static Finding unscheduled(@Nullable String message, List<SeenEvent> events) {
        Optional<SeenEvent> claimTrouble = claimTrouble(events);
        boolean forVolume = message == null || message.toLowerCase(Locale.ROOT).contains("persistentvolumeclaim");
        if (forVolume && claimTrouble.isPresent()) {
            return volume(StartPhase.QUEUED, claimTrouble.get().message(), SHORT);
        }
        if (message == null) {
            return new OnItsWay(StartPhase.QUEUED, "It waits for a place on a node.");
        }
        if (message.contains("persistentvolumeclaim")) {
            boolean missing = message.contains("not found");
            return volume(StartPhase.QUEUED, message, missing ? SHORT : AS_LONG_AS_THE_START);
        }
        if (message.contains("unbound immediate PersistentVolumeClaims")) {
            return volume(StartPhase.QUEUED, "its volume is not there yet", AS_LONG_AS_THE_START);
        }
        if (last(events, Set.of("TriggeredScaleUp")).isPresent()) {
            return new OnItsWay(StartPhase.QUEUED, "The cluster adds a node for it.");
        }
        return new Ailing(StartPhase.QUEUED, EndingCode.UNSCHEDULABLE, Unschedulable.sentence(message), SHORT);
    }

    /** A provisioner tries again by itself, and says so when it has got a volume. */
    private static Optional<SeenEvent> claimTrouble(List<SeenEvent> events) {
        return events.stream()
                .filter(event ->
                        CLAIM_TROUBLE.contains(event.reason()) || event.reason().equals(PROVIDED))
                .reduce((_, later) -> later)
                .filter(event -> !event.reason().equals(PROVIDED));
    }

    private static Finding volume(StartPhase phase, String message, Duration patience) {
        return new Ailing(
                phase,
                EndingCode.VOLUME_UNAVAILABLE,
                "A volume of the server cannot be used: " + Sentences.of(message) + ASK,
                patience);
    }

    private static Optional<Finding> waiting(ContainerStatus container, List<SeenEvent> events) {
        ContainerStateWaiting waiting = container.getState().getWaiting();
        String reason = waiting == null ? "" : Objects.toString(waiting.getReason(), "");
        String message = waiting == null ? "" : Sentences.quoted(waiting.getMessage());
        return switch (reason) {
            case "InvalidImageName", "ErrImageNeverPull", "ImageInspectError" ->
                Optional.of(new Over(EndingCode.IMAGE_UNAVAILABLE, image(container, message)));
            case "ErrImagePull", "ImagePullBackOff", "RegistryUnavailable", "SignatureValidationFailed" ->
                Optional.of(unpulled(container, message, events));
            case "CrashLoopBackOff" ->
                Optional.of(new Over(
                        EndingCode.CRASH_LOOP,
                        "It ends again and again right after its start. The log may say why; choose another profile, or"
                                + " ask an administrator to look at the image."));
            case "CreateContainerConfigError" ->
                Optional.of(new Ailing(
                        StartPhase.SCHEDULED,
                        EndingCode.REFUSED,
                        "Its node cannot make the container: " + Sentences.of(message) + ASK,
                        SHORT));
            case "CreateContainerError", "RunContainerError" ->
                Optional.of(new Ailing(
                        StartPhase.SCHEDULED,
                        EndingCode.ENVIRONMENT_BROKEN,
                        "The image cannot be run: " + Sentences.of(message) + ASK,
                        SHORT));
            default -> Optional.empty();
        };
    }

    /** The node tries again by itself, and the first failure may be an accident of the network. */
    private static Finding unpulled(ContainerStatus container, String message, List<SeenEvent> events) {
        Optional<SeenEvent> failure = events.stream()
                .filter(event ->
                        event.reason().equals("Failed") && event.message().contains("pull"))
                .reduce((_, later) -> later);
        String sentence = image(container, failure.map(SeenEvent::message).orElse(message));
        boolean again = failure.filter(event -> event.count() >= SECOND_FAILURE).isPresent();
        return again
                ? new Over(EndingCode.IMAGE_UNAVAILABLE, sentence)
                : new Ailing(StartPhase.PULLING, EndingCode.IMAGE_UNAVAILABLE, sentence, SHORT);
    }

    private static String image(ContainerStatus container, String message) {
        return "The image " + Sentences.quoted(container.getImage()) + " cannot be fetched"
                + (message.isEmpty() ? "." : ": " + Sentences.of(message))
                + " Choose another profile, or ask an administrator to look at the image's name and its registry.";
    }

    /** Trouble with a mount is over as soon as anything else is said about the pod. */
    private static Optional<Finding> mountTrouble(List<SeenEvent> events) {
        return lastOfPod(events)
                .filter(event -> MOUNT_TROUBLE.contains(event.reason()))
                .map(event -> volume(
                        StartPhase.SCHEDULED,
                        event.message(),
                        LATE_COPY.stream().anyMatch(event.message()::contains) ? AS_LONG_AS_THE_START : SHORT));
    }

    private static Finding onItsWay(Pod pod, List<SeenEvent> events) {
        if (Pods.running(pod).isPresent()) {
            return new OnItsWay(StartPhase.STARTING, "JupyterLab starts.");
        }
        Optional<SeenEvent> last = lastOfPod(events);
        StartPhase phase =
                last.filter(event -> event.reason().equals("Pulling")).isPresent()
                        ? StartPhase.PULLING
                        : StartPhase.SCHEDULED;
        return new OnItsWay(phase, last.map(SeenEvent::sentence).orElse("It has a place on a node."));
    }

    private static Optional<SeenEvent> lastOfPod(List<SeenEvent> events) {
        return events.stream().filter(SeenEvent::isAboutPod).reduce((_, later) -> later);
    }

    private static Optional<SeenEvent> last(List<SeenEvent> events, Set<String> reasons) {
        return events.stream().filter(event -> reasons.contains(event.reason())).reduce((_, later) -> later);
    }
}
