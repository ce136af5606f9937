package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditQuery;
import io.benchtop.service.audit.AuditRow;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.AuditVerification;
import java.util.List;
import java.util.OptionalLong;

/** Lets administrators read the audit log and check that nobody changed it. */
public final class AuditReading {

    private final AuditHistory history;
    private final AuditVerification verification;
    private final AuditTrail trail;

    public AuditReading(AuditHistory history, AuditVerification verification, AuditTrail trail) {
        this.history = requireNonNull(history, "history is null");
        this.verification = requireNonNull(verification, "verification is null");
        this.trail = requireNonNull(trail, "trail is null");
    }

    /** Newest first; ask for the next page with {@code before} set to the last row's id. */
    public List<AuditRow> list(Caller admin, AuditQuery query) {
        admin.require(Role.ADMIN);
        return history.newestFirst(query);
    }

    /** Rows after this id, oldest first, for an export that reads on until there are none. */
    public List<AuditRow> export(Caller admin, long afterId) {
        admin.require(Role.ADMIN);
        if (afterId == 0) {
            trail.done(admin.user().value(), admin.address(), "audit.export", "audit", "");
        }
        return history.after(afterId, AuditQuery.MAX_LIMIT);
    }

    /** The first row that does not fit to the one before it; empty if the log is whole. */
    public OptionalLong firstBroken(Caller admin) {
        admin.require(Role.ADMIN);
        return verification.firstBroken();
    }
}
