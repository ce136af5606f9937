package io.benchtop.modelserver.engine;

/** Whether requests should be sent here: from the time all is loaded until the end begins. */
public final class ServerState {

    private enum Phase {
        LOADING,
        READY,
        ENDING
    }

    private volatile Phase phase = Phase.LOADING;

    public boolean isReady() {
        return phase == Phase.READY;
    }

    public boolean isEnding() {
        return phase == Phase.ENDING;
    }

    public synchronized void loaded() {
        if (phase == Phase.LOADING) {
            phase = Phase.READY;
        }
    }

    public synchronized void end() {
        phase = Phase.ENDING;
    }
}
