package io.benchtop.proxy.serving;

import io.benchtop.api.routing.EndpointUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** What became of the calls of one version, for the next report and for the metrics. */
final class ArmTraffic {

    private static final double[] BOUNDS = EndpointUsage.Latency.BOUNDS_MILLIS.stream()
            .mapToDouble(Double::doubleValue)
            .toArray();

    private final String version;
    private final ServingMetrics.OfArm metrics;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLongArray latency = new AtomicLongArray(BOUNDS.length + 1);

    ArmTraffic(String version, ServingMetrics.OfArm metrics) {
        this.version = version;
        this.metrics = metrics;
    }

    void ended(int status, boolean failed, long nanos) {
        requests.incrementAndGet();
        if (failed) {
            failures.incrementAndGet();
        }
        int place = Arrays.binarySearch(BOUNDS, nanos / 1e6);
        latency.incrementAndGet(place < 0 ? -place - 1 : place);
        metrics.ended(status, nanos);
    }

    /** Takes what was counted; null if there was nothing. */
    EndpointUsage.@Nullable OfArm drain() {
        long requestsNow = requests.getAndSet(0);
        long failuresNow = failures.getAndSet(0);
        List<Long> counts = new ArrayList<>(latency.length());
        long counted = 0;
        for (int i = 0; i < latency.length(); i++) {
            long count = latency.getAndSet(i, 0);
            counted += count;
            counts.add(count);
        }
        return requestsNow + failuresNow + counted == 0
                ? null
                : new EndpointUsage.OfArm(
                        version,
                        requestsNow,
                        failuresNow,
                        new EndpointUsage.Latency(EndpointUsage.Latency.BOUNDS_MILLIS, counts));
    }
}
