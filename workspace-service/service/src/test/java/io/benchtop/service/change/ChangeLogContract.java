package io.benchtop.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.MutableClock;
import io.benchtop.service.audit.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the change log promises, on any database. */
public abstract class ChangeLogContract {

    protected final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00.123456Z"));
    protected final AtomicInteger commits = new AtomicInteger();

    protected abstract ChangeLog log();

    protected abstract ChangeHistory history();

    protected abstract Transactions transactions();

    private void append(String subject) {
        log().append(Change.Kind.TOKEN_REVOKED, subject, "");
    }

    private List<String> subjectsAfter(Revision revision) {
        return history().after(revision, 1000).orElseThrow().stream()
                .map(Change::subject)
                .toList();
    }

    @Test
    void givesChangesAsWrittenInTheirOrder() {
        // Given
        Revision beginning = history().head();

        // When
        log().append(Change.Kind.WORKSPACE_REMOVED, "ws_1", "/user/alice/größer/");
        append("second");

        // Then
        List<Change> changes = history().after(beginning, 10).orElseThrow();
        assertThat(changes).extracting(Change::subject).containsExactly("ws_1", "second");
        assertThat(changes.getFirst())
                .returns(Change.Kind.WORKSPACE_REMOVED, Change::kind)
                .returns("/user/alice/größer/", Change::detail)
                .returns(clock.instant(), Change::at);
        assertThat(history().head()).isEqualTo(changes.getLast().revision());
        assertThat(history().after(beginning, 1).orElseThrow()).hasSize(1);
        assertThat(history().last(2)).isEqualTo(changes);
    }

    @Test
    void whatIsNotCommittedIsNotThereAndLeavesNoGap() {
        // Given
        Revision beginning = history().head();

        // When
        assertThatThrownBy(() -> transactions().run(() -> {
                    append("undone");
                    throw new IllegalStateException("undo");
                }))
                .hasMessage("undo");
        append("done");

        // Then
        assertThat(subjectsAfter(beginning)).containsExactly("done");
        assertThat(history().head().number()).isEqualTo(beginning.number() + 1);
        assertThat(commits).hasValue(1);
    }

    @Test
    void tellsOfACommitOnlyAfterIt() {
        transactions().run(() -> {
            append("one");
            append("two");
            assertThat(commits).hasValue(0);
        });
        assertThat(commits).hasPositiveValue();
    }

    @Test
    void whoReadsOnWhileManyWriteMissesNothing() {
        // Given
        Revision beginning = history().head();
        int writers = 4;
        int each = 25;

        // When
        CompletableFuture<?> writing = CompletableFuture.allOf(IntStream.range(0, writers)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> IntStream.range(0, each)
                        .forEach(number -> transactions().run(() -> append(writer + "/" + number)))))
                .toArray(CompletableFuture[]::new));
        List<Change> read = new ArrayList<>();
        Revision place = beginning;
        boolean last = false;
        while (!last) {
            last = writing.isDone();
            read.addAll(history().after(place, 7).orElseThrow());
            place = read.isEmpty() ? beginning : read.getLast().revision();
            last &= read.size() == writers * each;
        }

        // Then
        assertThat(read)
                .extracting(change -> change.revision().number())
                .isEqualTo(IntStream.rangeClosed(1, writers * each)
                        .mapToObj(number -> beginning.number() + number)
                        .toList());
    }

    @Test
    void aPlaceOfAnotherHistoryIsNone() {
        // Given
        append("known");
        Revision head = history().head();

        // Then
        assertThat(history().after(new Revision(head.number(), "lost"), 10)).isEmpty();
        assertThat(history().after(new Revision(head.number() + 1, head.mark()), 10))
                .isEmpty();
        assertThat(history().after(head, 10)).hasValue(List.of());
    }

    @Test
    void forgetsWhatIsOldButNeverTheLastPlace() {
        // Given
        append("old");
        Revision old = history().head();
        clock.advance(Duration.ofHours(2));
        append("newer");
        append("last");
        Revision head = history().head();

        // When
        history().forgetBefore(clock.instant().minus(Duration.ofHours(1)));

        // Then
        assertThat(history().after(old, 10)).isEmpty();
        assertThat(history().last(10))
                .extracting(Change::subject)
                .contains("newer", "last")
                .doesNotContain("old");

        // When
        clock.advance(Duration.ofHours(2));
        history().forgetBefore(clock.instant());

        // Then
        assertThat(history().head()).isEqualTo(head);
    }
}
