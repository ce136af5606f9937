package io.benchtop.service.dataset;

import io.benchtop.service.table.ForwardingRows;
import io.benchtop.service.table.Rows;
import java.io.IOException;

/** No more than some of the rows. Whether there are more is known when these are read. */
final class FirstRows extends ForwardingRows {

    private final long most;
    private long count;
    private boolean ended;

    FirstRows(Rows rows, long most) {
        super(rows);
        this.most = most;
    }

    @Override
    public boolean next() throws IOException {
        if (ended) {
            return false;
        }
        boolean there = super.next();
        ended = !there;
        return there && count++ < most;
    }

    /** Whether these were all. */
    boolean ended() {
        return ended;
    }
}
