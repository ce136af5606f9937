package io.benchtop.sdk.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.benchtop.sdk.error.BenchtopException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Numbers, truth values or texts with a shape, row by row. Never changes; threads may share it.
 *
 * <pre>{@code
 * Tensor.fp32(new float[] {1, 2, 3, 4, 5, 6}, 2, 3); // two rows of three
 * Tensor.fp32(new double[][] {{1, 2, 3}, {4, 5, 6}}); // the same
 * Tensor.strings(List.of("Bern", "Ulm"), 2, 1);
 * }</pre>
 *
 * <p>Without a shape it has one dimension. Elements are kept as they travel, little-endian, so that asking an endpoint converts nothing.
 */
public final class Tensor {

    private final Datatype datatype;
    private final List<Long> shape;
    private final ByteBuffer raw;
    private final int size;

    private Tensor(Datatype datatype, List<Long> shape, ByteBuffer raw, int size) {
        this.datatype = datatype;
        this.shape = List.copyOf(shape);
        this.raw = raw.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        this.size = size;
    }

    /**
     * Numbers of 32 bits with a point.
     *
     * @throws BenchtopException {@code bad_tensor} where shape and values do not fit, as all others
     */
    public static Tensor fp32(float[] values, long... shape) {
        var raw = room(values.length, Float.BYTES);
        raw.asFloatBuffer().put(values);
        return shaped(Datatype.FP32, raw, values.length, shape);
    }

    /** Rows of the same length, as numbers of 32 bits: what most models take. */
    public static Tensor fp32(double[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        var values = new float[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != width) {
                throw bad("Row " + row + " has " + rows[row].length + " numbers, and the first has " + width
                        + ". Give rows of the same length.");
            }
            for (int column = 0; column < width; column++) {
                values[row * width + column] = (float) rows[row][column];
            }
        }
        return fp32(values, rows.length, width);
    }

    /** Numbers of 64 bits with a point. */
    public static Tensor fp64(double[] values, long... shape) {
        var raw = room(values.length, Double.BYTES);
        raw.asDoubleBuffer().put(values);
        return shaped(Datatype.FP64, raw, values.length, shape);
    }

    /** Whole numbers of 64 bits. */
    public static Tensor int64(long[] values, long... shape) {
        var raw = room(values.length, Long.BYTES);
        raw.asLongBuffer().put(values);
        return shaped(Datatype.INT64, raw, values.length, shape);
    }

    /** Whole numbers of 32 bits. */
    public static Tensor int32(int[] values, long... shape) {
        var raw = room(values.length, Integer.BYTES);
        raw.asIntBuffer().put(values);
        return shaped(Datatype.INT32, raw, values.length, shape);
    }

    /** Truth values. */
    public static Tensor bool(boolean[] values, long... shape) {
        var raw = room(values.length, 1);
        for (int i = 0; i < values.length; i++) {
            raw.put(i, (byte) (values[i] ? 1 : 0));
        }
        return shaped(Datatype.BOOL, raw, values.length, shape);
    }

    /** Texts. */
    public static Tensor strings(List<String> values, long... shape) {
        var encoded = values.stream().map(text -> text.getBytes(UTF_8)).toList();
        var raw = room(
                encoded.stream().mapToInt(text -> Integer.BYTES + text.length).sum(), 1);
        encoded.forEach(text -> raw.putInt(text.length).put(text));
        return shaped(Datatype.BYTES, raw.flip(), values.size(), shape);
    }

    /**
     * Of elements as they travel; the buffer must not change any more.
     *
     * @throws BenchtopException {@code bad_tensor} where shape and bytes do not fit
     */
    public static Tensor ofRaw(Datatype datatype, List<Long> shape, ByteBuffer raw) {
        var all = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
        int size = datatype == Datatype.BYTES ? texts(all).size() : all.remaining() / datatype.width();
        if (datatype != Datatype.BYTES && all.remaining() % datatype.width() != 0) {
            throw bad(all.remaining() + " bytes are no elements of " + datatype + ".");
        }
        return shaped(
                datatype, all, size, shape.stream().mapToLong(Long::longValue).toArray());
    }

    private static Tensor shaped(Datatype datatype, ByteBuffer raw, int size, long... shape) {
        var sizes = shape.length == 0 && size != 1 ? List.of((long) size) : boxed(shape);
        if (sizes.stream().anyMatch(each -> each < 0)
                || sizes.stream().mapToLong(Long::longValue).reduce(1, (all, each) -> all * each) != size) {
            throw bad(size + " values do not fill the shape " + sizes + ".");
        }
        return new Tensor(datatype, sizes, raw, size);
    }

    private static List<Long> boxed(long... shape) {
        return LongStream.of(shape).boxed().toList();
    }

    private static ByteBuffer room(int elements, int width) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, width)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What its elements are. */
    public Datatype datatype() {
        return datatype;
    }

    /** Sizes of its dimensions; empty for a single value. */
    public List<Long> shape() {
        return shape;
    }

    /** How many elements it has. */
    public int size() {
        return size;
    }

    /** Its elements as they travel, to be read. */
    public ByteBuffer raw() {
        return raw.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Its numbers, with the digits that fit.
     *
     * @throws BenchtopException {@code bad_tensor} for texts, as all others for what they cannot give
     */
    public float[] floats() {
        requireNumbers("floats");
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) datatype.number(raw, i);
        }
        return values;
    }

    /** Its numbers. */
    public double[] doubles() {
        requireNumbers("doubles");
        return IntStream.range(0, size)
                .mapToDouble(i -> datatype.number(raw, i))
                .toArray();
    }

    /** Its whole numbers. */
    public long[] longs() {
        require("longs", datatype.isWhole());
        return IntStream.range(0, size).mapToLong(i -> datatype.whole(raw, i)).toArray();
    }

    /** Its truth values. */
    public boolean[] booleans() {
        require("booleans", datatype == Datatype.BOOL);
        var values = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = raw.get(i) != 0;
        }
        return values;
    }

    /** Its texts. */
    public List<String> strings() {
        require("strings", datatype == Datatype.BYTES);
        return texts(raw());
    }

    private static List<String> texts(ByteBuffer raw) {
        var left = raw.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var found = new ArrayList<String>();
        while (left.hasRemaining()) {
            int length = left.remaining() < Integer.BYTES ? -1 : left.getInt();
            if (length < 0 || length > left.remaining()) {
                throw bad("A text of the tensor ends before its end.");
            }
            var text = new byte[length];
            left.get(text);
            found.add(new String(text, UTF_8));
        }
        return found;
    }

    private void requireNumbers(String asked) {
        require(asked, datatype.isFloating() || datatype.isWhole());
    }

    private void require(String asked, boolean has) {
        if (!has) {
            throw bad("A tensor of " + datatype + " has no " + asked + "().");
        }
    }

    private static BenchtopException bad(String sentence) {
        return new BenchtopException("bad_tensor", sentence);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && datatype == that.datatype
                && shape.equals(that.shape)
                && raw().equals(that.raw());
    }

    @Override
    public int hashCode() {
        return Arrays.asList(datatype, shape, raw()).hashCode();
    }

    @Override
    public String toString() {
        return "Tensor(" + datatype + shape + ")";
    }
}
