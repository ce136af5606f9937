package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.SpawnerAway;
import io.benchtop.service.spawn.StartWatch;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes a starting server's log on to whoever waits for the start; that the log cannot be had stops no start. */
final class LogPassing implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ServerLog log;
    private final StartWatch watch;
    private final LineBuffer lines = new LineBuffer();
    private @Nullable LogStream following;
    private long followAt = System.nanoTime();
    private int passed;

    LogPassing(ServerLog log, StartWatch watch) {
        this.log = requireNonNull(log, "log is null");
        this.watch = requireNonNull(watch, "watch is null");
    }

    void pass(Pod pod) {
        if (following != null && following.isRefused()) {
            following = null;
        }
        if (following == null
                && System.nanoTime() - followAt >= 0
                && Pods.running(pod).isPresent()) {
            followAt = System.nanoTime() + AGAIN.toNanos();
            following = log.follow(pod, lines);
        }
        pass(lines.take());
    }

    /** Also what has been written but has not come by here yet. */
    void passRest(Pod pod) {
        pass(pod);
        try {
            List<String> all = log.tail(pod, PodFactory.SERVER, ServerLog.MAX_LINES);
            pass(all.subList(Math.min(passed, all.size()), all.size()));
        } catch (SpawnerAway e) {
            // It answers, which is what counts.
        }
    }

    private void pass(List<String> some) {
        some.forEach(watch::line);
        passed += some.size();
    }

    @Override
    public void close() {
        if (following != null) {
            following.close();
        }
    }
}
