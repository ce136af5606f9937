package io.benchtop.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.audit.jdbc.JdbiAuditHistory;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit log promises, on any database (S46). */
public abstract class AuditLogContract {

    private static final Instant NOW = Instant.parse("2026-10-25T00:30:00.123456Z");

    private Jdbi jdbi;
    private AuditLog log;
    private AuditHistory history;

    protected abstract Jdbi database();

    @BeforeEach
    void open() {
        jdbi = database();
        log = new JdbiAuditLog(jdbi);
        history = new JdbiAuditHistory(jdbi);
    }

    @Test
    void returnsEventsAsRecordedNewestFirst() {
        // Given
        log.record(event("alice", "workspace.start"));
        log.record(event("bob", "workspace.stop"));

        // When
        List<AuditRow> rows = history.newestFirst(new AuditQuery(null, 10, null, null));

        // Then
        assertThat(rows)
                .extracting(AuditRow::event)
                .containsExactly(event("bob", "workspace.stop"), event("alice", "workspace.start"));
    }

    @Test
    void narrowsByActorActionAndPage() {
        // Given
        for (int i = 0; i < 5; i++) {
            log.record(event("alice", "workspace.start"));
            log.record(event("bob", "workspace.start"));
            log.record(event("alice", "workspace.stop"));
        }

        // When
        List<AuditRow> page = history.newestFirst(new AuditQuery(10L, 2, "alice", "workspace.start"));

        // Then
        assertThat(page).extracting(AuditRow::id).containsExactly(7L, 4L);
    }

    @Test
    void aRowChangedLaterBreaksTheChain() {
        // Given
        record(5);
        assertThat(new AuditVerification(history).firstBroken()).isEmpty();

        // When
        jdbi.useHandle(handle -> handle.execute("update audit_events set actor = 'mallory' where id = 3"));

        // Then
        assertThat(new AuditVerification(history).firstBroken()).hasValue(3);
    }

    @Test
    void aRowTakenOutLaterBreaksTheChain() {
        // Given
        record(5);

        // When
        jdbi.useHandle(handle -> handle.execute("delete from audit_events where id = 2"));

        // Then
        assertThat(new AuditVerification(history).firstBroken()).hasValue(3);
    }

    @Test
    void manyWritersMakeOneChain() {
        // When
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(_ -> CompletableFuture.runAsync(() -> record(10)))
                        .toArray(CompletableFuture[]::new))
                .join();

        // Then
        assertThat(history.after(0, 1000)).hasSize(80);
        assertThat(new AuditVerification(history).firstBroken()).isEmpty();
    }

    @Test
    void anEventOfAFailedChangeIsNotThere() {
        // Given
        Transactions transactions = new JdbiTransactions(jdbi);

        // When
        assertThatThrownBy(() -> transactions.run(() -> {
                    record(1);
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");

        // Then
        assertThat(history.after(0, 10)).isEmpty();
    }

    @Test
    void aTransactionInsideAnotherJoinsIt() {
        // Given
        Transactions transactions = new JdbiTransactions(jdbi);

        // When
        assertThatThrownBy(() -> transactions.run(() -> {
                    transactions.run(() -> record(1));
                    throw new IllegalStateException("the outer change failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(history.after(0, 10)).isEmpty();
    }

    private void record(int count) {
        for (int i = 0; i < count; i++) {
            log.record(event("alice", "workspace.start"));
        }
    }

    private static AuditEvent event(String actor, String action) {
        return new AuditEvent(NOW, actor, "192.0.2.7", action, "workspace/ws_1", AuditEvent.OK, "größer");
    }
}
