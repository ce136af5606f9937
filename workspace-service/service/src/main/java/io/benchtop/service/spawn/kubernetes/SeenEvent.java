package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.kubernetes.Sentences;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.Objects;

/**
 * An event of the cluster about a pod or its claim.
 *
 * @param about the kind of the object, {@code Pod} or {@code PersistentVolumeClaim}
 * @param warning whether the cluster calls it a warning
 * @param count how often the cluster says that it happened
 */
record SeenEvent(String about, boolean warning, String reason, String message, int count) {

    static final String POD = "Pod";
    static final String CLAIM = "PersistentVolumeClaim";

    SeenEvent {
        requireNonNull(about, "about is null");
        requireNonNull(reason, "reason is null");
        message = message.strip();
    }

    static SeenEvent of(Event event) {
        ObjectReference object = event.getInvolvedObject();
        return new SeenEvent(
                object == null ? "" : Objects.toString(object.getKind(), ""),
                "Warning".equals(event.getType()),
                Objects.toString(event.getReason(), ""),
                Objects.toString(event.getMessage(), ""),
                Objects.requireNonNullElse(event.getCount(), 1));
    }

    boolean isAboutPod() {
        return about.equals(POD);
    }

    /** For the person who waits; the cluster's own words where we have no better ones. */
    String sentence() {
        return switch (reason) {
            case "Scheduled" -> "It has a place on a node.";
            case "Pulling" -> "Its image is being fetched.";
            case "Pulled" -> "Its image is there.";
            case "Created", "Started" -> "Its container starts.";
            case "TriggeredScaleUp" -> "The cluster adds a node for it.";
            default -> Sentences.of(message);
        };
    }
}
