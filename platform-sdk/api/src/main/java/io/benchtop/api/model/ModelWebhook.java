package io.benchtop.api.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that is told what happens to a model.
 *
 * @param deliveries what it was told last, and what it is to be told; the newest first
 */
public record ModelWebhook(
        String id, String url, List<String> events, String createdBy, String createdAt, List<Delivery> deliveries) {

    public ModelWebhook {
        requireNonNull(id, "id is null");
        requireNonNull(url, "url is null");
        events = List.copyOf(events);
        deliveries = List.copyOf(deliveries);
    }

    /**
     * Something that it is told.
     *
     * @param id the same in every try, in the header {@code webhook-id}
     * @param state {@code WAITING}, {@code DELIVERED} or {@code GIVEN_UP}
     * @param attempts how often it was tried
     * @param lastStatus what became of the last try, as a sentence; null before the first
     * @param nextTry null if it is not tried any more
     */
    public record Delivery(
            String id,
            String event,
            String state,
            int attempts,
            @Nullable String lastStatus,
            @Nullable String nextTry,
            String createdAt) {

        public Delivery {
            requireNonNull(id, "id is null");
            requireNonNull(event, "event is null");
            requireNonNull(state, "state is null");
        }
    }
}
