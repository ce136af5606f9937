package io.benchtop.service.audit;

import static java.util.Objects.requireNonNull;

/** An event as it stands in the log, linked to the one before. */
public record AuditRow(long id, AuditEvent event, String previousHash, String hash) {

    public AuditRow {
        requireNonNull(event, "event is null");
        requireNonNull(previousHash, "previousHash is null");
        requireNonNull(hash, "hash is null");
    }

    /** Whether the row follows the one with {@code previousId} and {@code hashBefore} and has not been changed. */
    boolean continues(long previousId, String hashBefore) {
        return id == previousId + 1
                && previousHash.equals(hashBefore)
                && hash.equals(AuditChain.hash(previousHash, id, event));
    }
}
