package io.benchtop.sdk;

import java.util.Map;
import java.util.Optional;

/**
 * What a workspace has and uses. Empty means: without a limit, or not known.
 *
 * @param cpus processors it may use, in whole or parts
 * @param memoryLimitBytes memory of all its processes together, in bytes
 * @param memoryUsedBytes how much of it is in use at this moment, in bytes
 * @param processes how many processes it may have
 * @param memoryLimitKind {@code cgroup} (kept by the kernel), {@code watched} (looked at every two seconds) or {@code none}
 */
public record Resources(
        Optional<Double> cpus,
        Optional<Long> memoryLimitBytes,
        Optional<Long> memoryUsedBytes,
        Optional<Integer> processes,
        Optional<String> memoryLimitKind)
        implements Shown {

    @Override
    public Map<String, String> shown() {
        var used = memoryUsedBytes.map(Words::ofBytes).orElse("unknown");
        return Words.table(
                "cpus", cpus.map(Resources::plain).orElse("not limited"),
                "memory",
                        memoryLimitBytes
                                .map(limit -> used + " of " + Words.ofBytes(limit))
                                .orElse(used + ", not limited"),
                "processes", processes.map(count -> "up to " + count).orElse("not limited"));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
