package io.benchtop.api.endpoint;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Who asked an endpoint how often; the answer of {@code GET /api/v1/endpoints/{name}/usage}.
 *
 * @param since the first day that was looked at, such as {@code 2026-11-26}
 * @param days the newest first, then by client; a day on which a client did not ask is left out
 */
public record ClientUsage(String since, List<Day> days) {

    public ClientUsage {
        requireNonNull(since, "since is null");
        days = List.copyOf(days);
    }

    /**
     * What a client did on a day, which begins and ends in UTC.
     *
     * @param client the name of a token for the endpoint, or of a person
     * @param requests that were let in
     * @param refused for a limit
     * @param failures of those let in, that ended with a status of 500 or more, or with no whole answer
     */
    public record Day(String client, String day, long requests, long refused, long failures) {

        public Day {
            requireNonNull(client, "client is null");
            requireNonNull(day, "day is null");
        }
    }
}
