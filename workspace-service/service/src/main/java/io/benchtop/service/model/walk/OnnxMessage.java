package io.benchtop.service.model.walk;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The messages that a model in ONNX consists of.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
enum OnnxMessage {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE_TENSOR,
    FUNCTION,
    TRAINING,
    OPSET,
    ENTRY,
    VALUE,
    TYPE,
    TENSOR_TYPE,
    SHAPE,
    DIMENSION,
    SEQUENCE_TYPE,
    MAP_TYPE,
    /** Of whose inside nothing matters, such as an annotation. */
    OTHER;

    /** How a field is written. */
    enum Kind {
        NUMBER,
        /** One by one, or all in one piece. */
        NUMBERS,
        FIXED32,
        FIXED32S,
        FIXED64S,
        /** That is read. */
        TEXT,
        /** That is skipped. */
        BYTES,
        MESSAGE;

        boolean fits(int wire) {
            return switch (this) {
                case NUMBER -> wire == 0;
                case NUMBERS -> wire == 0 || wire == 2;
                case FIXED32 -> wire == 5;
                case FIXED32S -> wire == 5 || wire == 2;
                case FIXED64S -> wire == 1 || wire == 2;
                case TEXT, BYTES, MESSAGE -> wire == 2;
            };
        }
    }

    /** @param message what is in it; null of all that is no message */
    record Field(
            int number, String name, Kind kind, @Nullable OnnxMessage message) {

        OnnxMessage inside() {
            return requireNonNull(message, "no message");
        }
    }

    /** Null of one that is not known, which every reader skips. */
    @Nullable
    Field field(int number) {
        return OnnxFields.find(this, number);
    }
}
