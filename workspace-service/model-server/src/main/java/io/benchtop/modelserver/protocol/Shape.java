package io.benchtop.modelserver.protocol;

import java.util.Arrays;

/** Sizes of a tensor's dimensions. In a signature -1 is any size; a tensor's own shape has none. */
public final class Shape {

    private static final int MOST_DIMENSIONS = 32;

    private final long[] dimensions;

    public Shape(long... dimensions) {
        if (dimensions.length > MOST_DIMENSIONS) {
            throw InferenceException.invalid(
                    "a shape has at most " + MOST_DIMENSIONS + " dimensions, not " + dimensions.length);
        }
        this.dimensions = dimensions.clone();
    }

    public long[] dimensions() {
        return dimensions.clone();
    }

    public int rank() {
        return dimensions.length;
    }

    /** Size of the leading dimension, or 1 for a scalar. */
    public long rows() {
        return dimensions.length == 0 ? 1 : dimensions[0];
    }

    /** How many elements a tensor of this shape has; a shape that no tensor can have is the sender's mistake. */
    public long elements() {
        long product = 1;
        boolean empty = false;
        for (long dimension : dimensions) {
            if (dimension < 0) {
                throw InferenceException.invalid("shape " + this + " has a negative dimension");
            }
            empty |= dimension == 0;
            if (dimension != 0 && product > Integer.MAX_VALUE / dimension) {
                throw InferenceException.invalid(
                        "shape " + this + " has more elements than a tensor can hold (" + Integer.MAX_VALUE + ")");
            }
            product *= Math.max(1, dimension);
        }
        return empty ? 0 : product;
    }

    public boolean isFree(int dimension) {
        return dimension < dimensions.length && dimensions[dimension] == -1;
    }

    /** Whether a tensor of the other shape fits into this one of a signature. */
    public boolean admits(Shape other) {
        if (other.dimensions.length != dimensions.length) {
            return false;
        }
        for (int i = 0; i < dimensions.length; i++) {
            if (dimensions[i] >= 0 && dimensions[i] != other.dimensions[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether both are the same but for the number of rows. */
    public boolean sameRows(Shape other) {
        return dimensions.length > 0
                && dimensions.length == other.dimensions.length
                && Arrays.equals(dimensions, 1, dimensions.length, other.dimensions, 1, dimensions.length);
    }

    public Shape withRows(long rows) {
        long[] changed = dimensions.clone();
        changed[0] = rows;
        return new Shape(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    @Override
    public String toString() {
        return Arrays.toString(dimensions).replace(" ", "");
    }
}
