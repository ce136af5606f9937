package io.benchtop.service.wiring;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the connections of a pool for as long as the database answers, and tells a database that is away from one that
 * has much to do: how long a question takes says nothing, since it may wait for a lock or for its turn. So one thread asks the
 * least that can be asked, over and over, on a connection of its own. When that is not answered, every connection is cut, by
 * which whoever waits is told, and whoever asks is refused at once (F04). Meanwhile and afterwards the thread connects anew
 * until it is answered.
 *
 * <p>Any thread may ask. Whoever asks while all connections are in use waits here and not in
 * the pool, where nobody could tell them that the database has gone away.
 */
final class DatabaseGate implements ConnectionFactory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseGate.class);

    /** Both together and some milliseconds are how late it is noticed; two seconds are promised. */
    private static final Duration ASK_EVERY = Duration.ofMillis(300);

    private static final Duration ANSWER = Duration.ofMillis(1_400);

    /** A person has gone away by then. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final ConnectionFactory pool;
    private final ConnectionFactory own;
    private final Lock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofPlatform().name("database").daemon().unstarted(this::watch);
    /** Guarded by the lock. */
    private int free;

    private volatile boolean away;
    private volatile boolean closed;

    /**
     * @param pool of {@code size} connections
     * @param own connects anew, past the pool
     */
    DatabaseGate(ConnectionFactory pool, int size, ConnectionFactory own) {
        this.pool = requireNonNull(pool, "pool is null");
        this.own = requireNonNull(own, "own is null");
        this.free = size;
    }

    void begin() {
        thread.start();
    }

    @Override
    public Connection openConnection() throws SQLException {
        enter();
        Connection connection = null;
        try {
            connection = pool.openConnection();
            open.add(connection);
            // It may have gone away, and all that was open been cut, since this one entered.
            refuseIfAway();
            return connection;
        } catch (SQLException | RuntimeException e) {
            leave(connection);
            throw e;
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        leave(connection);
    }

    private void enter() throws SQLException {
        lock.lock();
        try {
            long left = LONGEST_WAIT.toNanos();
            refuseIfAway();
            while (free == 0) {
                if (left <= 0) {
                    throw new SQLTransientConnectionException(
                            "no connection to the database was free for " + LONGEST_WAIT.toSeconds() + " s");
                }
                left = changed.awaitNanos(left);
                refuseIfAway();
            }
            free--;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection to the database", e);
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfAway() throws SQLException {
        if (away) {
            throw new SQLTransientConnectionException("the database does not answer");
        }
    }

    private void leave(@Nullable Connection connection) throws SQLException {
        try {
            if (connection != null) {
                open.remove(connection);
                connection.close();
            }
        } finally {
            lock.lock();
            try {
                free++;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private void watch() {
        boolean answered = false;
        while (!closed) {
            long asked = System.nanoTime();
            try (Connection connection = own.openConnection();
                    Statement statement = connection.createStatement()) {
                connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
                while (!closed) {
                    asked = System.nanoTime();
                    statement.execute("select 1");
                    answered = true;
                    answers();
                    pause();
                }
            } catch (SQLException | RuntimeException e) {
                // A connection that ends at once may be lost alone, as behind a pooler; only what is then not answered
                // is away.
                boolean alone = answered && System.nanoTime() - asked < ANSWER.toNanos() / 2;
                answered = false;
                if (!alone) {
                    turnedAway(e);
                    pause();
                }
            }
        }
    }

    private void answers() {
        if (away) {
            LOG.atInfo().log("the database answers again");
            away = false;
        }
    }

    private void turnedAway(Exception e) {
        if (!away && !closed) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("the database does not answer; requests are refused");
            away = true;
            tellWhoeverWaits();
        }
        open.forEach(DatabaseGate::cut);
    }

    private void tellWhoeverWaits() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("a connection could not be cut");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
