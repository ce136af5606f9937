package io.benchtop.service.connection.sql;

import java.time.Duration;
import java.util.Properties;

/**
 * How long a database may take.
 *
 * @param connect until the network has a connection
 * @param signIn for each answer while signing in
 * @param answer for each answer then; the database is told to give up a little sooner
 */
record Timeouts(Duration connect, Duration signIn, Duration answer) {

    static final Timeouts USUAL = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** For the one who waits; {@code one} is how many of the driver's units a second has. */
    void put(Properties properties, int one) {
        properties.setProperty("connectTimeout", Long.toString(connect.toMillis() * one / 1000));
        properties.setProperty("socketTimeout", Long.toString(signIn.toMillis() * one / 1000));
    }

    int answerMillis() {
        return (int) answer.toMillis();
    }

    /** For the database, so that it says itself that it gives up. */
    long statementMillis() {
        return answer.toMillis() * 9 / 10;
    }
}
