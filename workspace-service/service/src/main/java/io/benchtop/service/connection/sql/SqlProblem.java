package io.benchtop.service.connection.sql;

import io.benchtop.service.connection.Connection;
import io.benchtop.service.connection.SourceProblem;
import io.benchtop.service.problem.ProblemException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** A database's failure in words for whoever asked. What the database itself says is passed on only of what they wrote. */
final class SqlProblem {

    private static final int LONGEST = 300;
    private static final Pattern ENCRYPTION = Pattern.compile("(?i)\\b(?:ssl|tls|certificates?|hostname|pkix)\\b");

    private SqlProblem() {}

    static ProblemException of(Connection connection, Dialect dialect, SQLException failure) {
        return SourceProblem.ofNetwork(connection, failure)
                .orElseGet(() -> isOfEncryption(failure)
                        ? SourceProblem.encryption(connection)
                        : of(connection, dialect.problem(failure), failure));
    }

    /** Drivers have neither a state nor an exception of its own for it: a connection that fails, and words that are theirs. */
    private static boolean isOfEncryption(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith("08")
                && ENCRYPTION.matcher(String.valueOf(failure.getMessage())).find();
    }

    private static ProblemException of(Connection connection, Kind kind, SQLException failure) {
        return switch (kind) {
            case WRONG_PASSWORD ->
                SourceProblem.failed(
                        connection, "the user's name or password is wrong, or that user may not come from here.");
            case NO_DATABASE -> SourceProblem.failed(connection, "there is no such database on that server.");
            case NO_TABLE ->
                SourceProblem.failed(
                        connection, "there is no such table, or the user may not see it: " + said(failure));
            case NO_RIGHT ->
                SourceProblem.failed(connection, "the user may not read this. Have it granted: " + said(failure));
            case TOO_LONG ->
                SourceProblem.failed(
                        connection, "the database took too long and was stopped. Ask for less, or have an index made.");
            case WRITES -> SourceProblem.failed(connection, "a query may only read.");
            case NOT_UNDERSTOOD -> SourceProblem.failed(connection, "the database does not take it: " + said(failure));
            case NOT_NOW ->
                SourceProblem.away(
                        connection,
                        "the database takes no connection at the moment. Check that it is up, and try again.");
            case OTHER -> SourceProblem.failed(connection, "the database says: " + said(failure));
        };
    }

    private static String said(SQLException failure) {
        String line = String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("^\\(conn=\\d+\\) |\\p{Cntrl}", "");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** What is wrong. */
    enum Kind {
        WRONG_PASSWORD,
        NO_DATABASE,
        NO_TABLE,
        NO_RIGHT,
        TOO_LONG,
        WRITES,
        NOT_UNDERSTOOD,
        NOT_NOW,
        OTHER
    }
}
