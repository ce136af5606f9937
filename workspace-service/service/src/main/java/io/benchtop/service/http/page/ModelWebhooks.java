package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.model.Delivery;
import io.benchtop.service.model.Webhook;
import io.benchtop.service.model.WebhookEvent;
import io.benchtop.service.model.Webhooks;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a model's owner has told what happens to it, and the form to tell one more.
 *
 * @param form its address, and each event by its code
 * @param created the one just made, shown with its secret this once
 */
record ModelWebhooks(List<Row> rows, Form form, @Nullable Created created) {

    /** For those who do not own the model: an address may have a token in it. */
    static final ModelWebhooks NONE = new ModelWebhooks(List.of(), Form.EMPTY, null);

    ModelWebhooks {
        rows = List.copyOf(rows);
        requireNonNull(form, "form is null");
    }

    /** @param last what became of what it was told last; null if there was nothing yet */
    record Row(
            String id,
            String url,
            String events,
            @Nullable Condition last,
            @Nullable HumaneTime at) {}

    /** What deliveries are signed with, which stays out of logs. */
    record Created(String host, String secret) {

        static @Nullable Created of(Webhooks.@Nullable Created made) {
            return made == null
                    ? null
                    : new Created(made.webhook().url().getHost(), made.secret().text());
        }

        @Override
        public String toString() {
            return "Created[" + host + "]";
        }
    }

    boolean isChanging() {
        return form.problem() != null || !form.errors().isEmpty();
    }

    static Row row(Webhook webhook, List<Delivery> deliveries, Instant now) {
        Delivery last = deliveries.isEmpty() ? null : deliveries.getFirst();
        return new Row(
                webhook.id().value(),
                webhook.url().toString(),
                webhook.events().size() == WebhookEvent.values().length
                        ? "everything"
                        : webhook.events().stream()
                                .map(WebhookEvent::code)
                                .sorted()
                                .collect(Collectors.joining(", ")),
                last == null ? null : condition(last),
                last == null ? null : HumaneTime.relative(last.createdAt(), now));
    }

    private static Condition condition(Delivery last) {
        String what = last.event().code() + (last.lastStatus().isEmpty() ? "" : ": " + last.lastStatus());
        return switch (last.state()) {
            case WAITING -> new Condition("pending", last.attempts() == 0 ? "On its way" : "Tried again", what);
            case DELIVERED -> new Condition("running", "Delivered", what);
            case GIVEN_UP -> new Condition("failed", "Given up", what);
        };
    }

    /** All events, as most want them. */
    static Form usual() {
        Map<String, String> values = new HashMap<>(Map.of("url", ""));
        codes().forEach(code -> values.put(code, "true"));
        return Form.of(values);
    }

    static List<String> codes() {
        return Arrays.stream(WebhookEvent.values()).map(WebhookEvent::code).toList();
    }

    static Set<WebhookEvent> events(Form form) {
        return Arrays.stream(WebhookEvent.values())
                .filter(event -> form.value(event.code()).equals("true"))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(WebhookEvent.class)));
    }
}
