package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.Tensor;

/**
 * Count, mean and sum of squared distances from the mean of an output's finite values: enough to see it drift. Of a
 * large tensor every n-th value is looked at.
 */
public final class OutputMoments {

    private static final int MOST = 4096;

    /** What was seen so far. */
    public record Snapshot(long count, double mean, double m2) {}

    private long count;
    private double mean;
    private double m2;

    /** Adds the values of a tensor; returns how many of them are not a number. */
    long add(Tensor tensor) {
        int elements = (int) tensor.elements();
        int stride = Math.max(1, elements / MOST);
        long finite = 0;
        long nans = 0;
        double average = 0;
        double squares = 0;
        for (int i = 0; i < elements; i += stride) {
            double value = Elements.number(tensor, i);
            if (Double.isNaN(value)) {
                nans++;
            } else if (!Double.isInfinite(value)) {
                finite++;
                double distance = value - average;
                average += distance / finite;
                squares += distance * (value - average);
            }
        }
        merge(finite, average, squares);
        return nans;
    }

    private synchronized void merge(long otherCount, double otherMean, double otherM2) {
        if (otherCount == 0) {
            return;
        }
        long total = count + otherCount;
        double distance = otherMean - mean;
        mean += distance * otherCount / total;
        m2 += otherM2 + distance * distance * count * otherCount / total;
        count = total;
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(count, mean, m2);
    }
}
