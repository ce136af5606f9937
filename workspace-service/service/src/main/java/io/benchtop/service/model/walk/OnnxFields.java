package io.benchtop.service.model.walk;

import io.benchtop.service.model.walk.OnnxMessage.Field;
import io.benchtop.service.model.walk.OnnxMessage.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers and kinds of the fields of each message. */
final class OnnxFields {

    private static final Map<OnnxMessage, Map<Integer, Field>> ALL = new EnumMap<>(OnnxMessage.class);

    static {
        of(OnnxMessage.MODEL)
                .number(1, "ir_version")
                .message(8, "opset_import", OnnxMessage.OPSET)
                .text(2, "producer_name")
                .text(3, "producer_version")
                .text(4, "domain")
                .number(5, "model_version")
                .bytes(6, "doc_string")
                .message(7, "graph", OnnxMessage.GRAPH)
                .message(14, "metadata_props", OnnxMessage.ENTRY)
                .message(20, "training_info", OnnxMessage.TRAINING)
                .message(25, "functions", OnnxMessage.FUNCTION);
        of(OnnxMessage.GRAPH)
                .message(1, "node", OnnxMessage.NODE)
                .text(2, "name")
                .message(5, "initializer", OnnxMessage.TENSOR)
                .bytes(10, "doc_string")
                .message(11, "input", OnnxMessage.VALUE)
                .message(12, "output", OnnxMessage.VALUE)
                .message(13, "value_info", OnnxMessage.VALUE)
                .message(14, "quantization_annotation", OnnxMessage.OTHER)
                .message(15, "sparse_initializer", OnnxMessage.SPARSE_TENSOR)
                .message(16, "metadata_props", OnnxMessage.ENTRY);
        of(OnnxMessage.NODE)
                .bytes(1, "input")
                .bytes(2, "output")
                .text(3, "name")
                .text(4, "op_type")
                .message(5, "attribute", OnnxMessage.ATTRIBUTE)
                .bytes(6, "doc_string")
                .text(7, "domain")
                .text(8, "overload")
                .message(9, "metadata_props", OnnxMessage.ENTRY);
        of(OnnxMessage.ATTRIBUTE)
                .text(1, "name")
                .fixed32(2, "f")
                .number(3, "i")
                .bytes(4, "s")
                .message(5, "t", OnnxMessage.TENSOR)
                .message(6, "g", OnnxMessage.GRAPH)
                .fixed32s(7, "floats")
                .numbers(8, "ints")
                .bytes(9, "strings")
                .message(10, "tensors", OnnxMessage.TENSOR)
                .message(11, "graphs", OnnxMessage.GRAPH)
                .bytes(13, "doc_string")
                .message(14, "tp", OnnxMessage.TYPE)
                .message(15, "type_protos", OnnxMessage.TYPE)
                .number(20, "type")
                .text(21, "ref_attr_name")
                .message(22, "sparse_tensor", OnnxMessage.SPARSE_TENSOR)
                .message(23, "sparse_tensors", OnnxMessage.SPARSE_TENSOR);
        of(OnnxMessage.TENSOR)
                .numbers(1, "dims")
                .number(2, "data_type")
                .message(3, "segment", OnnxMessage.OTHER)
                .fixed32s(4, "float_data")
                .numbers(5, "int32_data")
                .bytes(6, "string_data")
                .numbers(7, "int64_data")
                .text(8, "name")
                .bytes(9, "raw_data")
                .fixed64s(10, "double_data")
                .numbers(11, "uint64_data")
                .bytes(12, "doc_string")
                .message(13, "external_data", OnnxMessage.ENTRY)
                .number(14, "data_location")
                .message(16, "metadata_props", OnnxMessage.ENTRY);
        of(OnnxMessage.SPARSE_TENSOR)
                .message(1, "values", OnnxMessage.TENSOR)
                .message(2, "indices", OnnxMessage.TENSOR)
                .numbers(3, "dims");
        of(OnnxMessage.FUNCTION)
                .text(1, "name")
                .bytes(4, "input")
                .bytes(5, "output")
                .bytes(6, "attribute")
                .message(7, "node", OnnxMessage.NODE)
                .bytes(8, "doc_string")
                .message(9, "opset_import", OnnxMessage.OPSET)
                .text(10, "domain")
                .message(11, "attribute_proto", OnnxMessage.ATTRIBUTE)
                .message(12, "value_info", OnnxMessage.VALUE)
                .text(13, "overload")
                .message(14, "metadata_props", OnnxMessage.ENTRY);
        of(OnnxMessage.TRAINING)
                .message(1, "initialization", OnnxMessage.GRAPH)
                .message(2, "algorithm", OnnxMessage.GRAPH)
                .message(3, "initialization_binding", OnnxMessage.ENTRY)
                .message(4, "update_binding", OnnxMessage.ENTRY);
        of(OnnxMessage.OPSET).text(1, "domain").number(2, "version");
        of(OnnxMessage.ENTRY).text(1, "key").bytes(2, "value");
        of(OnnxMessage.VALUE)
                .text(1, "name")
                .message(2, "type", OnnxMessage.TYPE)
                .bytes(3, "doc_string")
                .message(4, "metadata_props", OnnxMessage.ENTRY);
        of(OnnxMessage.TYPE)
                .message(1, "tensor_type", OnnxMessage.TENSOR_TYPE)
                .message(4, "sequence_type", OnnxMessage.SEQUENCE_TYPE)
                .message(5, "map_type", OnnxMessage.MAP_TYPE)
                .bytes(6, "denotation")
                .message(7, "opaque_type", OnnxMessage.OTHER)
                .message(8, "sparse_tensor_type", OnnxMessage.TENSOR_TYPE)
                .message(9, "optional_type", OnnxMessage.SEQUENCE_TYPE);
        of(OnnxMessage.TENSOR_TYPE).number(1, "elem_type").message(2, "shape", OnnxMessage.SHAPE);
        of(OnnxMessage.SHAPE).message(1, "dim", OnnxMessage.DIMENSION);
        of(OnnxMessage.DIMENSION).number(1, "dim_value").bytes(2, "dim_param").bytes(3, "denotation");
        of(OnnxMessage.SEQUENCE_TYPE).message(1, "elem_type", OnnxMessage.TYPE);
        of(OnnxMessage.MAP_TYPE).number(1, "key_type").message(2, "value_type", OnnxMessage.TYPE);
    }

    private final OnnxMessage owner;

    private OnnxFields(OnnxMessage owner) {
        this.owner = owner;
    }

    private static OnnxFields of(OnnxMessage owner) {
        return new OnnxFields(owner);
    }

    /** Null of one that is not known. */
    static @Nullable Field find(OnnxMessage owner, int number) {
        return ALL.getOrDefault(owner, Map.of()).get(number);
    }

    private OnnxFields add(int number, String name, Kind kind, @Nullable OnnxMessage message) {
        ALL.computeIfAbsent(owner, _ -> new HashMap<>()).put(number, new Field(number, name, kind, message));
        return this;
    }

    private OnnxFields number(int number, String name) {
        return add(number, name, Kind.NUMBER, null);
    }

    private OnnxFields numbers(int number, String name) {
        return add(number, name, Kind.NUMBERS, null);
    }

    private OnnxFields fixed32(int number, String name) {
        return add(number, name, Kind.FIXED32, null);
    }

    private OnnxFields fixed32s(int number, String name) {
        return add(number, name, Kind.FIXED32S, null);
    }

    private OnnxFields fixed64s(int number, String name) {
        return add(number, name, Kind.FIXED64S, null);
    }

    private OnnxFields text(int number, String name) {
        return add(number, name, Kind.TEXT, null);
    }

    private OnnxFields bytes(int number, String name) {
        return add(number, name, Kind.BYTES, null);
    }

    private OnnxFields message(int number, String name, OnnxMessage message) {
        return add(number, name, Kind.MESSAGE, message);
    }
}
