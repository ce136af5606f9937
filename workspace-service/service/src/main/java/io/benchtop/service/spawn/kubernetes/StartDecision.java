package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.kubernetes.Finding.Ailing;
import io.benchtop.service.spawn.kubernetes.Finding.Answering;
import io.benchtop.service.spawn.kubernetes.Finding.OnItsWay;
import io.benchtop.service.spawn.kubernetes.Finding.Over;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What findings one after the other mean for a start. Each {@link #after} gives the next decision; the time is told, not
 * read, so that an hour of pulling passes in a test at once. The timeout counts the time that the server takes, not that of
 * its image; time in which the cluster does not answer is not told at all.
 *
 * @param timeout how long the server may take
 * @param counted how much of that is over
 * @param pulling how long its images have been fetched
 * @param ailing what has been wrong without a break; null for nothing
 * @param ailingFor for how long
 */
record StartDecision(
        Duration timeout,
        Duration counted,
        Duration pulling,
        @Nullable EndingCode ailing,
        Duration ailingFor,
        Verdict verdict) {

    static final Duration LONGEST_PULL = Duration.ofMinutes(30);

    /** What to do now. */
    sealed interface Verdict {}

    record KeepWaiting(StartPhase phase, String sentence) implements Verdict {}

    record Ready() implements Verdict {}

    record GiveUp(EndingCode code, String sentence) implements Verdict {}

    static StartDecision begin(Duration timeout) {
        return new StartDecision(
                timeout,
                Duration.ZERO,
                Duration.ZERO,
                null,
                Duration.ZERO,
                new KeepWaiting(StartPhase.QUEUED, "It waits for a place on a node."));
    }

    /** @param passed the time since the last finding */
    StartDecision after(Finding finding, Duration passed) {
        return switch (finding) {
            case Answering _ -> with(new Ready());
            case Over(EndingCode code, String sentence) -> with(new GiveUp(code, sentence));
            case OnItsWay(StartPhase phase, String sentence) ->
                timed(phase, passed).healthy(phase, sentence);
            case Ailing wrong -> timed(wrong.phase(), passed).ailing(wrong, passed);
        };
    }

    private StartDecision timed(StartPhase phase, Duration passed) {
        return phase == StartPhase.PULLING
                ? new StartDecision(timeout, counted, pulling.plus(passed), ailing, ailingFor, verdict)
                : new StartDecision(timeout, counted.plus(passed), pulling, ailing, ailingFor, verdict);
    }

    private StartDecision healthy(StartPhase phase, String sentence) {
        Verdict next;
        if (counted.compareTo(timeout) > 0) {
            next = new GiveUp(
                    EndingCode.TIMED_OUT,
                    "JupyterLab did not answer within " + timeout.toSeconds()
                            + " seconds and was stopped. Its log says how far it came; try again, or choose another"
                            + " profile.");
        } else if (pulling.compareTo(LONGEST_PULL) > 0) {
            next = new GiveUp(
                    EndingCode.IMAGE_UNAVAILABLE,
                    "Its image could not be fetched within " + LONGEST_PULL.toMinutes()
                            + " minutes. Ask an administrator to look at its size and at the registry.");
        } else {
            next = new KeepWaiting(phase, sentence);
        }
        return new StartDecision(timeout, counted, pulling, null, Duration.ZERO, next);
    }

    private StartDecision ailing(Ailing wrong, Duration passed) {
        Duration lasting = wrong.code() == ailing ? ailingFor.plus(passed) : Duration.ZERO;
        boolean enough = lasting.compareTo(wrong.patience()) >= 0 || counted.compareTo(timeout) > 0;
        Verdict next =
                enough ? new GiveUp(wrong.code(), wrong.sentence()) : new KeepWaiting(wrong.phase(), wrong.sentence());
        return new StartDecision(timeout, counted, pulling, wrong.code(), lasting, next);
    }

    private StartDecision with(Verdict next) {
        return new StartDecision(timeout, counted, pulling, null, Duration.ZERO, next);
    }
}
