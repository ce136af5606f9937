package io.benchtop.modelserver.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.benchtop.modelserver.codec.BytesElements;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tensors of the protocol as ONNX Runtime's and back. Numbers go in without a copy, and out with one. */
final class OnnxValues {

    private OnnxValues() {}

    /** Reads the tensor's memory in place: the tensor must outlive what is returned. */
    static OnnxTensor of(OrtEnvironment environment, Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().dimensions();
        if (tensor.datatype() == DataType.BYTES) {
            List<String> texts = new ArrayList<>();
            BytesElements.each(tensor, element -> texts.add(new String(element, StandardCharsets.UTF_8)));
            return OnnxTensor.createTensor(environment, texts.toArray(String[]::new), shape);
        }
        OnnxJavaType type = OnnxTypes.writable(tensor.datatype())
                .orElseThrow(() ->
                        InferenceException.invalid("ONNX Runtime for Java takes no tensor of " + tensor.datatype()));
        return OnnxTensor.createTensor(environment, memory(tensor), shape, type);
    }

    private static ByteBuffer memory(Tensor tensor) {
        ByteBuf data = tensor.data();
        if (data.isDirect() && data.nioBufferCount() == 1) {
            return data.nioBuffer().order(ByteOrder.nativeOrder());
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(tensor.bytes()).order(ByteOrder.nativeOrder());
        data.getBytes(data.readerIndex(), copy);
        return copy.flip();
    }

    /** A copy under the name, which the caller closes. */
    static Tensor copy(String name, OnnxTensor value) throws OrtException {
        DataType datatype = OnnxTypes.of(value.getInfo().onnxType)
                .orElseThrow(() -> InferenceException.failed(
                        "output '" + name + "' has a type that nobody can read: " + value.getInfo().onnxType));
        Shape shape = new Shape(value.getInfo().getShape());
        if (datatype == DataType.BYTES) {
            List<byte[]> texts = new ArrayList<>();
            flatten(value.getValue(), texts);
            return new Tensor(name, datatype, shape, BytesElements.join(texts));
        }
        if (shape.elements() * datatype.size() > Integer.MAX_VALUE - 8) {
            throw InferenceException.failed("output '" + name + "' is too large: " + datatype + shape);
        }
        return new Tensor(
                name,
                datatype,
                shape,
                shape.elements() == 0
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(value.getByteBuffer().order(ByteOrder.BIG_ENDIAN)));
    }

    private static void flatten(Object value, List<byte[]> texts) {
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                flatten(Array.get(value, i), texts);
            }
        } else {
            texts.add(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
