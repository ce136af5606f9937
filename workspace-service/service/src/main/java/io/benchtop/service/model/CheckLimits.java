package io.benchtop.service.model;

import io.benchtop.service.model.ModelGate.Verdict;
import java.time.Duration;

/**
 * What a check may take, and what is said of one that took more or ended without a result.
 *
 * @param patience after which it is ended
 * @param memoryMebibytes of all that it may have
 */
public record CheckLimits(Duration patience, long memoryMebibytes) {

    private static final int OUT_OF_HEAP = 3;
    private static final int SIGNAL = 128;
    private static final int KILLED = 9;
    private static final int ABORTED = 6;
    private static final int CPU_SPENT = 24;

    public CheckLimits {
        if (patience.toSeconds() < 1 || memoryMebibytes < 1) {
            throw new IllegalArgumentException("a check has a second and a MiB at least");
        }
    }

    public Verdict timeout() {
        return new Verdict.Failed(
                "TIMEOUT",
                "The model was not loaded and asked within "
                        + patience.toSeconds()
                        + " seconds, so its check was ended. Make it smaller or faster, or ask an administrator for more time"
                        + " (BENCHTOP_MODEL_CHECK_SECONDS).");
    }

    /** @param status with which its process ended, not 0 */
    public Verdict ending(int status) {
        int signal = status - SIGNAL;
        if (status == OUT_OF_HEAP || signal == KILLED) {
            return new Verdict.Failed(
                    "OUT_OF_MEMORY",
                    "Loading or asking the model took more memory than a check has (" + memoryMebibytes
                            + " MiB), and was ended. Make the model smaller, or ask an administrator for more"
                            + " (BENCHTOP_MODEL_CHECK_MEMORY).");
        }
        if (signal == CPU_SPENT) {
            return timeout();
        }
        String how = signal > 0 ? "by signal " + signal : "with status " + status;
        String why = signal == ABORTED
                ? " That is how it ends after a fault in native code, or without memory (" + memoryMebibytes + " MiB)."
                : "";
        return new Verdict.Failed(
                "CRASHED",
                "The process that loaded the model ended " + how + "." + why
                        + " Export the model again, with another version of the exporter if it goes on.");
    }
}
