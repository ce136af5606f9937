package io.benchtop.service.endpoint;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Port: what a model-server counted of the values that it gave, since it started. */
@FunctionalInterface
public interface ServedOutputs {

    /** @param admin the server's address for health and statistics */
    Totals read(URI admin) throws IOException;

    /**
     * Counts that only grow while the server lives.
     *
     * @param nans values of any output that were not a number
     * @param finite values of the first output that were, {@code sum} of them and {@code squares} of them
     * @param values values of all outputs
     */
    record Totals(long values, long nans, long finite, double sum, double squares) {

        /** What was added since an earlier reading; all of it if the server has started anew in between. */
        Measure since(Totals earlier) {
            boolean grown = values >= earlier.values && nans >= earlier.nans && finite >= earlier.finite;
            return grown
                    ? measure(
                            values - earlier.values,
                            nans - earlier.nans,
                            finite - earlier.finite,
                            sum - earlier.sum,
                            squares - earlier.squares)
                    : measure(values, nans, finite, sum, squares);
        }

        private static Measure measure(long values, long nans, long finite, double sum, double squares) {
            return new Measure(0, 0, List.of(), values, nans, finite, sum, squares);
        }
    }
}
