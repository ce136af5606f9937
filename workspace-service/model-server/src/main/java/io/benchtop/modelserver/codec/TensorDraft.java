package io.benchtop.modelserver.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a message while its members arrive, in any order; closing gives back what was not made a tensor. What its
 * shape promises is reserved at once, as far as the text that is left can hold it; a tensor that does not keep its
 * promise is refused before the next one makes another. So all tensors of a message together reserve no more than a few
 * times its text.
 */
final class TensorDraft implements AutoCloseable {

    private static final int FIRST_BYTES = 256;

    private final String kind;

    @Nullable
    String name;

    @Nullable
    DataType datatype;

    @Nullable
    Shape shape;

    /** Asked of an output. */
    @Nullable
    Boolean binary;

    /** Size of the raw data that follows the JSON, or -1. */
    long binarySize = -1;

    /** Where JSON data lies that came before its datatype, or -1. */
    int deferredFrom = -1;

    int deferredTo;

    private long count = -1;
    private @Nullable ByteBuf data;

    /** {@code kind} is what it is called in messages. */
    TensorDraft(String kind) {
        this.kind = kind;
    }

    String requireName() {
        if (name == null) {
            throw InferenceException.invalid("an " + kind + " has no name");
        }
        return name;
    }

    boolean hasData() {
        return data != null;
    }

    /** Reads the array of elements that the parser is at; {@code textLeft} bytes are left to hold it. */
    void readElements(JsonParser parser, int textLeft) throws IOException {
        String known = requireName();
        if (data != null) {
            throw InferenceException.invalid("tensor " + label() + " has its data twice");
        }
        DataType type = requireDatatype();
        data = Memory.direct(firstSize(type, textLeft));
        count = new ElementReader(parser, known, type, data).read();
        if (shape != null) {
            requireCount(shape);
        }
    }

    /** As much as the shape promises, but no more than the text can hold: an element takes two bytes of it. */
    private int firstSize(DataType type, int textLeft) {
        if (shape == null || type.size() == 0) {
            return FIRST_BYTES;
        }
        return Math.toIntExact(Math.clamp(shape.elements(), 1L, textLeft / 2 + 1L) * type.size());
    }

    /** Takes the raw data at the offset of the body; returns where it ends. */
    int takeRaw(ByteBuf body, int offset) {
        DataType type = requireDatatype();
        if (data != null) {
            throw InferenceException.invalid("tensor " + label() + " has data beside its binary_data_size");
        }
        if (binarySize > body.writerIndex() - offset) {
            throw InferenceException.invalid("tensor " + label() + ": binary_data_size is " + binarySize + ", but "
                    + (body.writerIndex() - offset) + " bytes of the body are left");
        }
        data = Memory.slice(body, offset, (int) binarySize, type);
        return offset + (int) binarySize;
    }

    private DataType requireDatatype() {
        if (datatype == null) {
            throw InferenceException.invalid("tensor " + label() + " has no datatype");
        }
        return datatype;
    }

    /** The finished tensor, which now owns the data. */
    Tensor finish() {
        String known = requireName();
        DataType type = requireDatatype();
        if (shape == null) {
            throw InferenceException.invalid(kind + " " + label() + " has no shape");
        }
        ByteBuf bytes = data;
        if (bytes == null) {
            throw InferenceException.invalid(kind + " " + label() + " has neither data nor binary_data_size");
        }
        Tensor tensor = new Tensor(known, type, shape, bytes);
        checkSize(tensor);
        data = null;
        return tensor;
    }

    private void requireCount(Shape promised) {
        long needed = promised.elements();
        if (count != needed) {
            throw InferenceException.invalid(
                    kind + " " + label() + ": shape " + promised + " needs " + needed + " elements, got " + count);
        }
    }

    /** Its shape may have come after its data. */
    private void checkSize(Tensor tensor) {
        if (count >= 0) {
            requireCount(tensor.shape());
            return;
        }
        long needed = tensor.elements();
        if (tensor.datatype() == DataType.BYTES) {
            BytesElements.check(tensor);
        } else if (tensor.bytes() != needed * tensor.datatype().size()) {
            throw InferenceException.invalid(kind + " " + label() + ": expected "
                    + needed * tensor.datatype().size() + " bytes for " + tensor.datatype() + shape + ", got "
                    + tensor.bytes());
        }
    }

    private String label() {
        return Quote.of(name == null ? "?" : name);
    }

    @Override
    public void close() {
        if (data != null) {
            data.release();
            data = null;
        }
    }
}
