package io.benchtop.service.problem;

import static java.util.Objects.requireNonNull;

import org.slf4j.Logger;

/** Says once that something does not work and once that it works again, however often it is tried. For one thread. */
public final class Outage {

    private final Logger log;
    private final String what;
    private boolean goingOn;

    /** @param what does not work, such as "following the change log" */
    public Outage(Logger log, String what) {
        this.log = requireNonNull(log, "log is null");
        this.what = requireNonNull(what, "what is null");
    }

    public void goesOn(RuntimeException reason) {
        if (goingOn) {
            log.atDebug().setCause(reason).log("{} still fails", what);
        } else {
            log.atWarn().setCause(reason).log("{} fails; will try again", what);
        }
        goingOn = true;
    }

    public void over() {
        if (goingOn) {
            log.atInfo().log("{} works again", what);
        }
        goingOn = false;
    }
}
