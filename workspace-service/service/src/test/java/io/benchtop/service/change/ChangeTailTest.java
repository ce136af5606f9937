package io.benchtop.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.benchtop.service.CapturedOutput;
import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.change.jdbc.JdbiChangeHistory;
import io.benchtop.service.change.jdbc.JdbiChangeLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeTailTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Jdbi jdbi = TestingDatabases.h2();
    private final ChangeTail tail = new ChangeTail(new JdbiChangeHistory(jdbi), clock);
    private final ChangeLog own = new JdbiChangeLog(jdbi, clock, tail::wake);
    private final ChangeLog others = new JdbiChangeLog(jdbi, clock, () -> {});
    private final Recording recording = new Recording();

    @AfterEach
    void close() {
        tail.close();
    }

    private static final class Recording implements ChangeListener {

        private final List<Revision> begun = new CopyOnWriteArrayList<>();
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();

        @Override
        public void begin(Revision place) {
            begun.add(place);
        }

        @Override
        public void changed(List<Change> changes) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the listener cannot take it now");
            }
            changes.forEach(change -> told.add(change.subject()));
        }
    }

    @Test
    void aKindThatANewerReplicaWritesStopsNobodyAndIsWarnedOfOnce() {
        // Given
        tail.follow(recording);
        others.append(Change.Kind.TOKEN_REVOKED, "newer", "");
        others.append(Change.Kind.TOKEN_REVOKED, "newest", "");
        jdbi.useHandle(handle -> handle.execute("update changes set kind = 'PROFILE_CHANGED' where subject <> ''"));
        others.append(Change.Kind.TOKEN_REVOKED, "known", "");

        try (CapturedOutput output = new CapturedOutput()) {
            // When
            tail.begin();

            // Then
            await().untilAsserted(() -> assertThat(recording.told).containsExactly("newer", "newest", "known"));
            assertThat(output.text()).containsOnlyOnce("PROFILE_CHANGED");
        }
    }

    @Test
    void tellsOfOwnAndOthersChangesInOrder() {
        // Given
        tail.follow(recording);
        tail.begin();

        // When
        for (int i = 0; i < 5; i++) {
            own.append(Change.Kind.TOKEN_REVOKED, "own" + i, "");
            others.append(Change.Kind.TOKEN_REVOKED, "other" + i, "");
        }

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(recording.told)
                        .containsExactly(
                                "own0", "other0", "own1", "other1", "own2", "other2", "own3", "other3", "own4",
                                "other4"));
    }

    @Test
    void whatAListenerCouldNotTakeIsToldAgain() {
        // Given
        recording.failures.set(2);
        tail.follow(recording);
        tail.begin();

        // When
        own.append(Change.Kind.TOKEN_REVOKED, "one", "");

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(recording.told).containsExactly("one"));
    }

    @Test
    void f05WhenTheDatabaseForgotItsLastCommitsListenersBeginAnew() {
        // Given
        tail.follow(recording);
        tail.begin();
        own.append(Change.Kind.TOKEN_REVOKED, "kept", "");
        own.append(Change.Kind.TOKEN_REVOKED, "lost", "");
        await().atMost(Duration.ofSeconds(60)).until(() -> recording.told.contains("lost"));

        // When
        jdbi.useTransaction(handle -> {
            handle.execute("delete from changes where subject = 'lost'");
            handle.execute("update change_head set last_revision = last_revision - 1");
            others.append(Change.Kind.TOKEN_REVOKED, "instead", "");
        });

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> recording.begun.size() == 2);
        own.append(Change.Kind.TOKEN_REVOKED, "afterwards", "");
        await().atMost(Duration.ofSeconds(60)).until(() -> recording.told.contains("afterwards"));
    }
}
