package io.benchtop.service.workspace;

import io.benchtop.service.spawn.WarmServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kinds of warm servers that are not made for a while, because one has ended before anybody wanted it: each time twice as
 * long, until one gets ready. Only remembered; another replica begins anew.
 */
final class WarmRests {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 6;

    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Instant> until = new HashMap<>();

    void note(List<WarmServer> waiting, Instant now) {
        for (WarmServer server : waiting) {
            switch (server.state()) {
                case ENDED -> failed(server.kind(), now);
                case READY -> failures.remove(server.kind());
                case STARTING -> {}
            }
        }
    }

    void failed(String kind, Instant now) {
        int before = failures.merge(kind, 1, Integer::sum) - 1;
        until.put(kind, now.plus(FIRST.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS))));
    }

    boolean rests(String kind, Instant now) {
        return now.isBefore(until.getOrDefault(kind, Instant.MIN));
    }
}
