package io.benchtop.modelserver.torchscript;

import io.benchtop.modelserver.protocol.DataType;
import java.util.EnumMap;
import java.util.Map;

/** DJL's types of elements and the protocol's. */
final class TorchTypes {

    private static final Map<DataType, ai.djl.ndarray.types.DataType> TYPES = types();

    private TorchTypes() {}

    private static Map<DataType, ai.djl.ndarray.types.DataType> types() {
        Map<DataType, ai.djl.ndarray.types.DataType> types = new EnumMap<>(DataType.class);
        types.put(DataType.BOOL, ai.djl.ndarray.types.DataType.BOOLEAN);
        types.put(DataType.UINT8, ai.djl.ndarray.types.DataType.UINT8);
        types.put(DataType.INT8, ai.djl.ndarray.types.DataType.INT8);
        types.put(DataType.INT32, ai.djl.ndarray.types.DataType.INT32);
        types.put(DataType.INT64, ai.djl.ndarray.types.DataType.INT64);
        types.put(DataType.FP16, ai.djl.ndarray.types.DataType.FLOAT16);
        types.put(DataType.BF16, ai.djl.ndarray.types.DataType.BFLOAT16);
        types.put(DataType.FP32, ai.djl.ndarray.types.DataType.FLOAT32);
        types.put(DataType.FP64, ai.djl.ndarray.types.DataType.FLOAT64);
        return types;
    }

    static boolean isKnown(DataType datatype) {
        return TYPES.containsKey(datatype);
    }

    static ai.djl.ndarray.types.DataType of(DataType datatype) {
        ai.djl.ndarray.types.DataType type = TYPES.get(datatype);
        if (type == null) {
            throw new IllegalArgumentException("PyTorch has no " + datatype);
        }
        return type;
    }
}
