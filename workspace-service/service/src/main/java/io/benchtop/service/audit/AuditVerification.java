package io.benchtop.service.audit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;

/** Recomputes the chain of the whole log. */
public final class AuditVerification {

    private static final int PAGE = 1000;

    private final AuditHistory history;

    public AuditVerification(AuditHistory history) {
        this.history = requireNonNull(history, "history is null");
    }

    /** The first row that was changed, or that follows one which is missing; empty if the log is whole. */
    public OptionalLong firstBroken() {
        long lastId = 0;
        String lastHash = AuditChain.GENESIS;
        while (true) {
            List<AuditRow> page = history.after(lastId, PAGE);
            if (page.isEmpty()) {
                return OptionalLong.empty();
            }
            for (AuditRow row : page) {
                if (!row.continues(lastId, lastHash)) {
                    return OptionalLong.of(row.id());
                }
                lastId = row.id();
                lastHash = row.hash();
            }
        }
    }
}
