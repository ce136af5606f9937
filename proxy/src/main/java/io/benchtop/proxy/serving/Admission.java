package io.benchtop.proxy.serving;

/** Whether a call of an endpoint was let in. */
public sealed interface Admission {

    /** It was, and must be ended. */
    record Admitted(Call call) implements Admission {}

    /**
     * It was not.
     *
     * @param retryAfterSeconds when to try again; 0 if that makes no sense
     */
    record Refused(Denial denial, int retryAfterSeconds) implements Admission {

        Refused(Denial denial) {
            this(denial, denial.retryAfterSeconds());
        }
    }
}
