package io.benchtop.modelserver.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.benchtop.modelserver.codec.BytesElements;
import io.benchtop.modelserver.codec.Memory;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceAnswer;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.protocol.RequestedOutput;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Tensor;
import io.benchtop.modelserver.wire.InferParameter;
import io.benchtop.modelserver.wire.ModelInferRequest;
import io.benchtop.modelserver.wire.ModelInferResponse;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests and answers as messages. An answer is raw if its request was, or where an output has no other form. */
final class InferenceMessages {

    private static final int MOST_TENSORS = 1024;

    private InferenceMessages() {}

    static InferenceRequest request(ModelInferRequest message) {
        requireForm(message);
        List<Tensor> inputs = new ArrayList<>(message.getInputsCount());
        Set<String> names = HashSet.newHashSet(message.getInputsCount());
        try {
            for (int i = 0; i < message.getInputsCount(); i++) {
                ByteString raw = message.getRawInputContentsCount() > 0 ? message.getRawInputContents(i) : null;
                Tensor input = input(message.getInputs(i), raw);
                inputs.add(input);
                if (!names.add(input.name())) {
                    throw InferenceException.invalid("input " + Quote.of(input.name()) + " is there twice");
                }
            }
            List<RequestedOutput> outputs = message.getOutputsList().stream()
                    .map(output -> new RequestedOutput(output.getName(), null))
                    .toList();
            String id = message.getId().isEmpty() ? null : message.getId();
            return new InferenceRequest(id, parameters(message.getParametersMap()), inputs, outputs);
        } catch (InferenceException e) {
            Tensor.closeAll(inputs);
            throw e;
        } catch (OutOfMemoryError e) {
            Tensor.closeAll(inputs);
            throw Memory.exhausted(e);
        }
    }

    private static void requireForm(ModelInferRequest message) {
        int raw = message.getRawInputContentsCount();
        if (raw > 0 && raw != message.getInputsCount()) {
            throw InferenceException.invalid("there are " + message.getInputsCount() + " inputs, but " + raw
                    + " raw_input_contents: send all inputs raw or none");
        }
        if (message.getInputsCount() > MOST_TENSORS || message.getOutputsCount() > MOST_TENSORS) {
            throw InferenceException.invalid("a message has at most " + MOST_TENSORS + " tensors");
        }
    }

    private static Map<String, Object> parameters(Map<String, InferParameter> parameters) {
        if (parameters.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> plain = new HashMap<>();
        parameters.forEach((key, value) -> {
            switch (value.getParameterChoiceCase()) {
                case BOOL_PARAM -> plain.put(key, value.getBoolParam());
                case INT64_PARAM -> plain.put(key, value.getInt64Param());
                case STRING_PARAM -> plain.put(key, value.getStringParam());
                case DOUBLE_PARAM -> plain.put(key, value.getDoubleParam());
                case UINT64_PARAM -> plain.put(key, value.getUint64Param());
                case PARAMETERCHOICE_NOT_SET -> {}
            }
        });
        return plain;
    }

    private static Tensor input(ModelInferRequest.InferInputTensor message, @Nullable ByteString raw) {
        DataType datatype = DataType.of(message.getDatatype());
        long[] dimensions = new long[message.getShapeCount()];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = message.getShape(i);
        }
        Shape shape = new Shape(dimensions);
        long elements = shape.elements();
        if (raw == null) {
            ByteBuf data = TypedContents.read(message.getName(), datatype, message.getContents(), elements);
            return new Tensor(message.getName(), datatype, shape, data);
        }
        if (message.hasContents()) {
            throw InferenceException.invalid("input " + Quote.of(message.getName())
                    + " has contents beside raw_input_contents: send one of them");
        }
        if (datatype != DataType.BYTES && raw.size() != elements * datatype.size()) {
            throw InferenceException.invalid("input " + Quote.of(message.getName()) + ": expected "
                    + elements * datatype.size() + " bytes for " + datatype + shape + ", got " + raw.size());
        }
        ByteBuf data = Memory.direct(Math.max(1, raw.size())).writeBytes(raw.asReadOnlyByteBuffer());
        Tensor tensor = new Tensor(message.getName(), datatype, shape, data);
        if (datatype == DataType.BYTES) {
            try {
                BytesElements.check(tensor);
            } catch (InferenceException e) {
                tensor.close();
                throw e;
            }
        }
        return tensor;
    }

    static ModelInferResponse response(ModelInferRequest request, InferenceAnswer answer) {
        boolean raw = request.getRawInputContentsCount() > 0
                || answer.outputs().stream()
                        .anyMatch(output -> output.datatype().isRawOnly());
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder().setModelName(answer.model()).setModelVersion(answer.version());
        if (answer.id() != null) {
            response.setId(answer.id());
        }
        for (Tensor output : answer.outputs()) {
            ModelInferResponse.InferOutputTensor.Builder tensor = response.addOutputsBuilder()
                    .setName(output.name())
                    .setDatatype(output.datatype().name());
            for (long dimension : output.shape().dimensions()) {
                tensor.addShape(dimension);
            }
            if (raw) {
                response.addRawOutputContents(bytes(output));
            } else {
                tensor.setContents(TypedContents.write(output));
            }
        }
        return response.build();
    }

    /** Outputs are made once and never written again, so those on the heap go out as they are. */
    private static ByteString bytes(Tensor output) {
        ByteBuf data = output.data();
        return data.hasArray()
                ? UnsafeByteOperations.unsafeWrap(
                        data.array(), data.arrayOffset() + data.readerIndex(), data.readableBytes())
                : ByteString.copyFrom(data.nioBuffer());
    }
}
