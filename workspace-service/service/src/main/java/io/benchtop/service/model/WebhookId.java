package io.benchtop.service.model;

import io.benchtop.service.problem.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a webhook is known by. */
public record WebhookId(String value) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");

    public WebhookId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("no id of a webhook: " + value);
        }
    }

    static WebhookId random() {
        return new WebhookId(UUID.randomUUID().toString().replace("-", ""));
    }

    /** Of an address: what cannot be an id is not there. */
    public static WebhookId existing(String text) {
        if (!VALID.matcher(text).matches()) {
            throw ProblemException.notFound("webhook", text);
        }
        return new WebhookId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
