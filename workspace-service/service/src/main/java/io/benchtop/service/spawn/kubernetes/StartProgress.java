package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.StartWatch;
import org.jspecify.annotations.Nullable;

/** Tells how far a start is, each thing once, and never that it answers without that it started. */
final class StartProgress {

    private final StartWatch watch;
    private @Nullable StartPhase phase;
    private String sentence = "";

    StartProgress(StartWatch watch) {
        this.watch = requireNonNull(watch, "watch is null");
    }

    void tell(StartPhase now, String detail) {
        if (now != phase || !detail.equals(sentence)) {
            phase = now;
            sentence = detail;
            watch.phase(now, detail);
        }
    }

    void ready() {
        if (phase != StartPhase.STARTING) {
            tell(StartPhase.STARTING, "");
        }
        tell(StartPhase.READY, "");
    }
}
