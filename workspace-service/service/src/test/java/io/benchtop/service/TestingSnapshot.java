package io.benchtop.service;

import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A PostgreSQL database as it once was. Whoever is connected is cut off while it is taken or put back, as at a failover to a
 * standby that was behind.
 */
public final class TestingSnapshot {

    private final Jdbi server;
    private final String database;

    private TestingSnapshot(URI url) {
        this.server = Jdbi.create("jdbc:" + url.resolve("/postgres"), TestingPostgres.USER, "");
        this.database = url.getPath().substring(1);
    }

    /** @param properties as {@link TestingDatabases#postgresProperties} gave them */
    public static TestingSnapshot take(Map<String, Object> properties) {
        String url = String.valueOf(properties.get("benchtop.database-url"));
        TestingSnapshot snapshot = new TestingSnapshot(URI.create(url.substring("jdbc:".length())));
        snapshot.alone(
                handle -> handle.execute("create database " + snapshot.copy() + " template " + snapshot.database));
        return snapshot;
    }

    public void putBack() {
        alone(handle -> {
            handle.execute("drop database " + database);
            handle.execute("create database " + database + " template " + copy());
        });
    }

    private String copy() {
        return database + "_before";
    }

    /** PostgreSQL copies and drops only what nobody is connected to. */
    private void alone(Consumer<Handle> work) {
        server.useHandle(handle -> {
            handle.execute("alter database " + database + " with allow_connections false");
            Awaitility.await().until(() -> cutOff(handle) == 0);
            work.accept(handle);
            handle.execute("alter database " + database + " with allow_connections true");
        });
    }

    /** How many were connected. */
    private int cutOff(Handle handle) {
        return handle.createQuery(
                        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = :database")
                .bind("database", database)
                .mapTo(int.class)
                .one();
    }
}
