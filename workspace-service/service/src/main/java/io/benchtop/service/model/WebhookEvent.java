package io.benchtop.service.model;

import static java.util.stream.Collectors.joining;

import io.benchtop.service.problem.ProblemException;
import java.util.stream.Stream;

/** What of a model others may be told. */
public enum WebhookEvent {
    VERSION_READY("version.ready"),
    VERSION_REFUSED("version.refused"),
    ALIAS_CHANGED("alias.changed"),
    APPROVAL_WANTED("approval.wanted"),
    APPROVAL_APPROVED("approval.approved"),
    APPROVAL_REJECTED("approval.rejected");

    private final String code;

    WebhookEvent(String code) {
        this.code = code;
    }

    /** As it is written in the database and on the wire. */
    public String code() {
        return code;
    }

    public static WebhookEvent of(String code) {
        return Stream.of(values())
                .filter(each -> each.code.equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalidField(
                        "events",
                        "must be some of "
                                + Stream.of(values()).map(WebhookEvent::code).collect(joining(", "))));
    }
}
