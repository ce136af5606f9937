package io.benchtop.service.change;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: reads the change log. What is not committed is not in it, and nothing that is read later comes before it. */
public interface ChangeHistory {

    /** The last place. */
    Revision head();

    /** At most {@code limit} changes after this place, oldest first; empty if there is no such place any more. */
    Optional<List<Change>> after(Revision revision, int limit);

    /** The last changes, oldest first. */
    List<Change> last(int limit);

    /** Forgets what was written before, but never the last place. */
    void forgetBefore(Instant time);
}
