package io.benchtop.service.change;

/**
 * Port: where changes are written down, in the transaction that makes them. From here to the transaction's end all other
 * writers wait, so it comes last: after the rows that changed and after the audit row. Everybody keeping that order, nobody
 * waits for each other.
 */
@FunctionalInterface
public interface ChangeLog {

    void append(Change.Kind kind, String subject, String detail);
}
