package io.benchtop.service.http;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from a statement that is wrong. */
final class DatabaseOutage {

    private static final int MAX_DEPTH = 20;

    private DatabaseOutage() {}

    static boolean isOne(@Nullable Throwable exception) {
        Throwable cause = exception;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SQLException failure && isOutage(failure)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /**
     * SQLSTATE classes: 08 connection, 53 out of resources, 57 operator's intervention; 25P03 is a transaction that slept too
     * long; 90 is H2's for a closed file.
     */
    private static boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException
                || (state != null
                        && (state.startsWith("08")
                                || state.startsWith("53")
                                || state.startsWith("57")
                                || state.equals("25P03")
                                || state.equals("90098")
                                || state.equals("90121")));
    }
}
