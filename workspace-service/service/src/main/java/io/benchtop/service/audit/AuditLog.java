package io.benchtop.service.audit;

/**
 * Port: where audit events go. An event of a change is written in the same transaction as the change where there is one;
 * when it cannot be written, the act is refused.
 */
@FunctionalInterface
public interface AuditLog {

    void record(AuditEvent event);
}
