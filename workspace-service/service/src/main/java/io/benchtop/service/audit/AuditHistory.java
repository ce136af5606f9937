package io.benchtop.service.audit;

import java.util.List;

/** Port: reads the audit log. There is nothing here to change or delete it with, and nowhere else either. */
public interface AuditHistory {

    List<AuditRow> newestFirst(AuditQuery query);

    /** At most {@code limit} rows after this id, oldest first. */
    List<AuditRow> after(long id, int limit);
}
