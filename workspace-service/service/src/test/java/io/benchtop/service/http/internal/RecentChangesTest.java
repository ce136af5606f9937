package io.benchtop.service.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.change.Change;
import io.benchtop.service.change.Change.Kind;
import io.benchtop.service.change.Revision;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentChangesTest {

    private final RecentChanges recent = new RecentChanges();

    private static Change change(long number, Kind kind, String subject) {
        return new Change(new Revision(number, "m" + number), kind, subject, "", Instant.EPOCH);
    }

    @Test
    void whatIsNotKnownHereHidesNothingAndIsAPlaceAllTheSame() {
        // Given
        Change known = change(2, Kind.WORKSPACE_CHANGED, "ws_1");
        Change last = change(4, Kind.WORKSPACE_CHANGED, "ws_2");
        recent.add(change(1, Kind.TOKEN_REVOKED, "t"));
        recent.add(known);
        recent.add(change(3, Kind.UNKNOWN, "ws_1"));
        recent.add(last);

        // Then
        assertThat(recent.since(new Revision(1, "m1")).orElseThrow().toTell()).containsExactly(known, last);
        assertThat(recent.since(new Revision(3, "m3")).orElseThrow().toTell()).containsExactly(last);
    }
}
