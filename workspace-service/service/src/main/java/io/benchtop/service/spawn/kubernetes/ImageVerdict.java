package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Sentences;
import io.benchtop.service.profile.ImageCompatibility;
import io.benchtop.service.profile.ImageCompatibility.Verdict;
import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.EndingCode;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the end of its pod says about an image. Only what the image itself is to blame for is said to be its fault: a cluster
 * without room, or tools that did not come, tell nothing about it. Pure.
 */
record ImageVerdict(ImageReference image, Pod pod, Instant at) {

    private static final int CANNOT_RUN_IT = 78;
    private static final String NEEDED =
            " A workspace needs a shell, and Python 3.11 or newer with jupyter_server 2 or newer.";

    ImageVerdict {
        requireNonNull(image, "image is null");
        requireNonNull(pod, "pod is null");
        requireNonNull(at, "at is null");
    }

    /** It ran to its end. */
    ImageCompatibility ended(ContainerStateTerminated state, List<String> log) {
        String lastLine = log.isEmpty() ? "" : log.getLast();
        String lastWords = Objects.requireNonNullElse(state.getMessage(), lastLine);
        return switch (state.getExitCode()) {
            case 0 ->
                ImageDescription.find(log)
                        .map(this::works)
                        .orElseGet(() -> unknown("It ran, but what it told about itself could not be read."));
            case CANNOT_RUN_IT -> doesNotWork(Sentences.of(lastWords));
            default ->
                doesNotWork("It ended with exit code " + state.getExitCode()
                        + (lastWords.isBlank() ? "." : ": " + Sentences.of(lastWords)) + NEEDED);
        };
    }

    /** It did not come to its end, for a reason that people would be told when they start a server. */
    ImageCompatibility givenUp(EndingCode code, String sentence) {
        return switch (code) {
            case IMAGE_UNAVAILABLE, ENVIRONMENT_BROKEN, CRASH_LOOP ->
                toolsAreThere()
                        ? doesNotWork("Its server would not start, and people would be told: " + sentence)
                        : unknown("It could not be tried: " + sentence);
            case TIMED_OUT ->
                Pods.running(pod).isPresent()
                        ? doesNotWork("It was asked what it has and did not answer in time." + NEEDED)
                        : unknown("It could not be tried: its pod did not begin in the time that a server has.");
            default -> unknown("It could not be tried: " + sentence);
        };
    }

    /** The image's turn comes when the tools are there. */
    private boolean toolsAreThere() {
        return pod.getStatus().getInitContainerStatuses().stream()
                .map(ContainerStatus::getState)
                .anyMatch(state ->
                        state.getTerminated() != null && state.getTerminated().getExitCode() == 0);
    }

    private ImageCompatibility works(ImageDescription has) {
        return new ImageCompatibility(
                image,
                Verdict.COMPATIBLE,
                has.jupyterServer(),
                has.python(),
                pod.getSpec().getSecurityContext().getRunAsUser(),
                at,
                "It works, " + has.words() + ".");
    }

    private ImageCompatibility doesNotWork(String sentence) {
        return new ImageCompatibility(image, Verdict.INCOMPATIBLE, null, null, null, at, sentence);
    }

    private ImageCompatibility unknown(String sentence) {
        return ImageCompatibility.notProbed(image, at, sentence);
    }
}
