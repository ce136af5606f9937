package io.benchtop.service.change;

import java.util.List;

/** Who follows the change log. Called on the tail's thread, one call at a time; what throws is told the same again. */
public interface ChangeListener {

    /**
     * The next change comes after this place, and everything may be different from what was told before. Called when it
     * begins to follow, and when the log does not go on from where it was.
     */
    void begin(Revision place);

    /** These came next. */
    void changed(List<Change> changes);

    /** The log was looked at, which happens several times a second, whether or not there was anything. */
    default void looked() {}
}
