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
 * @param requestsPerDay of one client, from midnight to midnight in UTC; 0 for as many as it likes
 */
public record CallLimits(
        int requestsPerSecond, int burst, int clientInFlight, int inFlight, long maxBodyBytes, int requestsPerDay) {

    public static final CallLimits USUAL = new CallLimits(1000, 2000, 256, 1024, 16L << 20, 0);

    private static final int MOST = 1_000_000;
    private static final int MOST_PER_DAY = 999_999_999;
    private static final long LARGEST_BODY = 1L << 30;

    public CallLimits {
        require("requestsPerSecond", requestsPerSecond);
        require("burst", burst);
        require("clientInFlight", clientInFlight);
        require("inFlight", inFlight);
        if (maxBodyBytes < 1 || maxBodyBytes > LARGEST_BODY) {
            throw ProblemException.invalidField("limits.maxBodyBytes", "must be from 1 to 1073741824 (1 GiB)");
        }
        if (requestsPerDay < 0 || requestsPerDay > MOST_PER_DAY) {
            throw ProblemException.invalidField(
                    "limits.requestsPerDay", "must be from 1 to " + MOST_PER_DAY + ", or 0 for no limit");
        }
    }

    private static void require(String field, int value) {
        if (value < 1 || value > MOST) {
            throw ProblemException.invalidField("limits." + field, "must be from 1 to " + MOST);
        }
    }
}
