package io.benchtop.api.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/audit}, newest first.
 *
 * @param entries at most as many as asked for
 * @param before the value of {@code before} that asks for the next, older page; null on the last
 */
public record AuditPage(List<AuditEntry> entries, @Nullable String before) {

    public AuditPage {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }
}
