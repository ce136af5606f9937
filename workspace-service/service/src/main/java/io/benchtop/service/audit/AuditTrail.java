package io.benchtop.service.audit;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ErrorCode;
import java.time.InstantSource;

/** Writes audit events with the time of now and texts of bounded length; what use cases are given. */
public final class AuditTrail {

    public static final String ANONYMOUS = "anonymous";
    public static final String SYSTEM = "system";

    private final AuditLog log;
    private final InstantSource clock;

    public AuditTrail(AuditLog log, InstantSource clock) {
        this.log = requireNonNull(log, "log is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Something was done. */
    public void done(String actor, String address, String action, String object, String detail) {
        log.record(new AuditEvent(clock.instant(), actor, address, action, object, AuditEvent.OK, detail));
    }

    /** Something was refused. */
    public void refused(String actor, String address, String action, String object, ErrorCode code, String detail) {
        log.record(new AuditEvent(clock.instant(), actor, address, action, object, code.code(), detail));
    }
}
