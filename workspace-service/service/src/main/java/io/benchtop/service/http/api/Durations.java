package io.benchtop.service.http.api;

import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as they are written on the wire. */
final class Durations {

    private Durations() {}

    static Duration parse(String field, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField(field, "must be an ISO-8601 duration such as P30D or PT2H");
        }
    }
}
