package io.benchtop.modelserver.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import io.benchtop.modelserver.protocol.DataType;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's types of elements and the protocol's. */
final class OnnxTypes {

    private static final Map<OnnxTensorType, DataType> READABLE = Map.ofEntries(
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL, DataType.BOOL),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8, DataType.UINT8),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16, DataType.UINT16),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32, DataType.UINT32),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64, DataType.UINT64),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8, DataType.INT8),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16, DataType.INT16),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32, DataType.INT32),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64, DataType.INT64),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16, DataType.FP16),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16, DataType.BF16),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, DataType.FP32),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE, DataType.FP64),
            Map.entry(OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING, DataType.BYTES));

    /** ONNX Runtime for Java makes no tensor of UINT16, UINT32 or UINT64. */
    private static final Map<DataType, OnnxJavaType> WRITABLE = Map.ofEntries(
            Map.entry(DataType.BOOL, OnnxJavaType.BOOL),
            Map.entry(DataType.UINT8, OnnxJavaType.UINT8),
            Map.entry(DataType.INT8, OnnxJavaType.INT8),
            Map.entry(DataType.INT16, OnnxJavaType.INT16),
            Map.entry(DataType.INT32, OnnxJavaType.INT32),
            Map.entry(DataType.INT64, OnnxJavaType.INT64),
            Map.entry(DataType.FP16, OnnxJavaType.FLOAT16),
            Map.entry(DataType.BF16, OnnxJavaType.BFLOAT16),
            Map.entry(DataType.FP32, OnnxJavaType.FLOAT),
            Map.entry(DataType.FP64, OnnxJavaType.DOUBLE),
            Map.entry(DataType.BYTES, OnnxJavaType.STRING));

    private OnnxTypes() {}

    /** The protocol's name, if it has one. */
    static Optional<DataType> of(OnnxTensorType type) {
        return Optional.ofNullable(READABLE.get(type));
    }

    /** What makes a tensor of this type, if anything does. */
    static Optional<OnnxJavaType> writable(DataType datatype) {
        return Optional.ofNullable(WRITABLE.get(datatype));
    }
}
