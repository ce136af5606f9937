package io.benchtop.service.endpoint;

import io.benchtop.service.problem.ProblemException;

/**
 * What is let in.
 *
 * @param requestsPerSecond of one client, over time
 * @param burst of one client at once
 * @param clientInFlight of one client, not answered yet
 * @param inFlight of all together, not answered yet
 * @param maxBodyBytes of one request
 */
public record CallLimits(int requestsPerSecond, int burst, int clientInFlight, int inFlight, long maxBodyBytes) {

    public static final CallLimits USUAL = new CallLimits(1000, 2000, 256, 1024, 16L << 20);

    private static final int MOST = 1_000_000;
    private static final long LARGEST_BODY = 1L << 30;

    public CallLimits {
        require("requestsPerSecond", requestsPerSecond);
        require("burst", burst);
        require("clientInFlight", clientInFlight);
        require("inFlight", inFlight);
        if (maxBodyBytes < 1 || maxBodyBytes > LARGEST_BODY) {
            throw ProblemException.invalidField("limits.maxBodyBytes", "must be from 1 to 1073741824 (1 GiB)");
        }
    }

    private static void require(String field, int value) {
        if (value < 1 || value > MOST) {
            throw ProblemException.invalidField("limits." + field, "must be from 1 to " + MOST);
        }
    }
}
