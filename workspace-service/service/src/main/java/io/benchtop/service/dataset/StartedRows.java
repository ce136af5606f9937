package io.benchtop.service.dataset;

import io.benchtop.service.table.ForwardingRows;
import io.benchtop.service.table.Rows;
import java.io.IOException;

/**
 * Rows of which the first was fetched already. A source that is away is then known before the answer begins, while it can still be a
 * refusal that says why.
 */
final class StartedRows extends ForwardingRows {

    private final boolean any;
    private boolean begun;

    private StartedRows(Rows rows, boolean any) {
        super(rows);
        this.any = any;
    }

    /** Takes the rows over, and closes them if the first cannot be fetched. */
    static Rows of(Rows rows) throws IOException {
        try {
            return new StartedRows(rows, rows.next());
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    @Override
    public boolean next() throws IOException {
        if (begun) {
            return super.next();
        }
        begun = true;
        return any;
    }
}
