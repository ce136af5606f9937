package io.benchtop.service.spawn;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines of a start, and wants it until told otherwise. */
public final class RecordingWatch implements StartWatch {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<StartPhase> phases = new CopyOnWriteArrayList<>();
    private volatile boolean wanted = true;

    public void changeMind() {
        wanted = false;
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    public List<StartPhase> phases() {
        return phases;
    }

    @Override
    public void phase(StartPhase phase, String detail) {
        phases.add(phase);
    }

    @Override
    public void line(String line) {
        lines.add(line);
    }
}
