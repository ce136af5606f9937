package io.benchtop.service.connection;

import io.benchtop.service.identity.Caller;

/**
 * What a connection leads to, ready to be asked, behind a bulkhead and a circuit breaker of its own: one source that hangs takes no
 * more than its share of threads, and one that failed time and again is not asked for a while ({@code SOURCE_AWAY}, with when to
 * try again).
 */
public interface Sources {

    /** @throws io.benchtop.service.problem.ProblemException {@code NOT_FOUND}, or {@code BAD_REQUEST} if it leads to tables */
    FileSource files(String connection);

    /** @throws io.benchtop.service.problem.ProblemException {@code NOT_FOUND}, or {@code BAD_REQUEST} if it leads to files */
    TableSource tables(String connection);

    /** Whether this person may make datasets of it. */
    boolean mayUse(Caller caller, String connection);
}
