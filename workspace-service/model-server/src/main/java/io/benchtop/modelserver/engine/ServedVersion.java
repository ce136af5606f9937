package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.Signature;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded version of a model, counted by who uses it: the registry while it is served, and each request while it runs.
 * Who leaves last closes the native model, so a version that is replaced ends only after its last request.
 */
public final class ServedVersion {

    private final String name;
    private final String version;
    private final Model model;
    private final VersionStatistics statistics;
    private final Lane lane;
    private final AtomicInteger users = new AtomicInteger(1);

    ServedVersion(String name, String version, Model model, VersionStatistics statistics, Lane lane) {
        this.name = name;
        this.version = version;
        this.model = model;
        this.statistics = statistics;
        this.lane = lane;
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public String platform() {
        return model.platform();
    }

    public Signature signature() {
        return model.signature();
    }

    public VersionStatistics statistics() {
        return statistics;
    }

    /** How many requests wait. */
    public int queued() {
        return lane.depth();
    }

    /** How many requests wait or run, and who else looks at it now. */
    public int inFlight() {
        return Math.max(0, users.get() - 1);
    }

    public boolean isBatching() {
        return lane.isBatching();
    }

    Lane lane() {
        return lane;
    }

    /** Joins its users, unless it has ended. */
    boolean tryAcquire() {
        int now = users.get();
        while (now > 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            model.close();
        }
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
