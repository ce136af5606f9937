package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.store.Sample.Tolerance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far outputs are from expected ones. Two NaN are equal; a text or a shape that differs is as far as can be.
 * {@code difference} tells of the first output that is too far.
 */
public record Comparison(
        double maxAbsolute,
        double maxRelative,
        double sumAbsolute,
        @Nullable String difference) {

    /** Each expected tensor against the output of its name. */
    public static Comparison of(List<Tensor> expected, List<Tensor> outputs, Tolerance tolerance) {
        Comparison all = new Comparison(0, 0, 0, null);
        for (Tensor wanted : expected) {
            Tensor got = outputs.stream()
                    .filter(output -> output.name().equals(wanted.name()))
                    .findFirst()
                    .orElse(null);
            all = all.and(
                    got == null ? far("there is no output '" + wanted.name() + "'") : one(wanted, got, tolerance));
        }
        return all;
    }

    public boolean isWithin() {
        return difference == null;
    }

    private static Comparison far(String difference) {
        return new Comparison(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, difference);
    }

    private Comparison and(Comparison other) {
        return new Comparison(
                Math.max(maxAbsolute, other.maxAbsolute),
                Math.max(maxRelative, other.maxRelative),
                sumAbsolute + other.sumAbsolute,
                difference != null ? difference : other.difference);
    }

    private static Comparison one(Tensor wanted, Tensor got, Tolerance tolerance) {
        if (!wanted.shape().equals(got.shape()) || wanted.datatype() != got.datatype()) {
            return far("output '" + wanted.name() + "': expected " + wanted.datatype() + wanted.shape() + ", got "
                    + got.datatype() + got.shape());
        }
        if (wanted.datatype() == DataType.BYTES) {
            return wanted.data().equals(got.data())
                    ? new Comparison(0, 0, 0, null)
                    : far("output '" + wanted.name() + "' has other texts than expected");
        }
        return numbers(wanted, got, tolerance);
    }

    private static Comparison numbers(Tensor wanted, Tensor got, Tolerance tolerance) {
        double maxAbsolute = 0;
        double maxRelative = 0;
        double sum = 0;
        String difference = null;
        int elements = (int) wanted.elements();
        for (int i = 0; i < elements; i++) {
            double want = Elements.number(wanted, i);
            double have = Elements.number(got, i);
            if (Double.compare(want, have) == 0) {
                continue;
            }
            double absolute = Math.abs(have - want);
            maxAbsolute = Math.max(maxAbsolute, Double.isNaN(absolute) ? Double.POSITIVE_INFINITY : absolute);
            maxRelative = Math.max(maxRelative, want == 0 ? 0 : absolute / Math.abs(want));
            sum += Double.isFinite(absolute) ? absolute : 0;
            boolean close = absolute <= tolerance.absolute() + tolerance.relative() * Math.abs(want);
            if (!close && difference == null) {
                difference = "output '" + wanted.name() + "', element " + i + ": expected " + want + ", got " + have;
            }
        }
        return new Comparison(maxAbsolute, maxRelative, sum, difference);
    }
}
