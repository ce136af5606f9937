package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

/**
 * How often one client asked.
 *
 * @param client the name of a token for the endpoint, or of a person
 * @param requests that were let in
 * @param refused for a limit
 * @param failures of those let in, that ended with a status of 500 or more, or with no whole answer
 */
public record ClientCalls(String client, long requests, long refused, long failures) {

    private static final int LONGEST = 255;

    public ClientCalls {
        requireNonNull(client, "client is null");
        if (client.isEmpty() || client.length() > LONGEST || requests < 0 || refused < 0 || failures < 0) {
            throw new IllegalArgumentException(
                    "a client has a name of at most " + LONGEST + " characters and counts that are not below 0, not "
                            + requests + ", " + refused + " and " + failures);
        }
    }
}
