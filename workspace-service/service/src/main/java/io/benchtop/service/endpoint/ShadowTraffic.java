package io.benchtop.service.endpoint;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;

/**
 * A version that is asked what another one was asked, and whose answers nobody gets.
 *
 * @param percent of the requests, 1 to 100
 */
public record ShadowTraffic(ServedVersion version, int percent) {

    public ShadowTraffic {
        requireNonNull(version, "version is null");
        if (percent < 1 || percent > 100) {
            throw ProblemException.invalidField("shadow.percent", "must be from 1 to 100");
        }
    }
}
