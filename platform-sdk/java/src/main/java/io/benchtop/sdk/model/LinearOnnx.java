package io.benchtop.sdk.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes a linear model as ONNX: Gemm, and for classes Softmax and ArgMax. Fields have the numbers of onnx.proto3 (IR 8, opset 17: what
 * servers of the last years read). See https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
 */
final class LinearOnnx {

    private static final int IR = 8;
    private static final int OPSET = 17;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int INT_ATTRIBUTE = 2;
    private static final String WEIGHTS = "weights";
    private static final String INTERCEPTS = "intercepts";
    private static final String SCORES = "scores";

    private LinearOnnx() {}

    static byte[] of(LinearModel model) {
        return new Proto()
                .number(1, IR)
                .text(2, "benchtop")
                .message(7, graph(model))
                .message(8, new Proto().text(1, "").number(2, OPSET))
                .toBytes();
    }

    private static Proto graph(LinearModel model) {
        var graph = new Proto();
        var scores = model.classifies() ? SCORES : LinearModel.PREDICTION;
        graph.message(
                1,
                node("Gemm", List.of(LinearModel.INPUT, WEIGHTS, INTERCEPTS), scores)
                        .message(5, attribute("transB", 1)));
        if (model.classifies()) {
            graph.message(
                    1,
                    node("ArgMax", List.of(SCORES), LinearModel.LABEL)
                            .message(5, attribute("axis", 1))
                            .message(5, attribute("keepdims", 0)));
            graph.message(
                    1,
                    node("Softmax", List.of(SCORES), LinearModel.PROBABILITIES).message(5, attribute("axis", 1)));
        }
        graph.text(2, "linear")
                .message(5, tensor(WEIGHTS, model.weights(), model.outputs(), model.inputs()))
                .message(5, tensor(INTERCEPTS, model.intercepts(), model.outputs()))
                .message(11, value(LinearModel.INPUT, FLOAT, model.inputs()));
        return model.classifies()
                ? graph.message(12, value(LinearModel.LABEL, INT64))
                        .message(12, value(LinearModel.PROBABILITIES, FLOAT, model.outputs()))
                : graph.message(12, value(LinearModel.PREDICTION, FLOAT, model.outputs()));
    }

    private static Proto node(String operator, List<String> inputs, String output) {
        var node = new Proto();
        inputs.forEach(input -> node.text(1, input));
        return node.text(2, output).text(3, output).text(4, operator);
    }

    private static Proto attribute(String name, long value) {
        return new Proto().text(1, name).number(3, value).number(20, INT_ATTRIBUTE);
    }

    private static Proto tensor(String name, float[] values, long... sizes) {
        var tensor = new Proto();
        for (var size : sizes) {
            tensor.number(1, size);
        }
        var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
    }

    /** An input or output of any number of rows. */
    private static Proto value(String name, int type, long... sizes) {
        var shape = new Proto().message(1, new Proto().text(2, "rows"));
        for (var size : sizes) {
            shape.message(1, new Proto().number(1, size));
        }
        return new Proto()
                .text(1, name)
                .message(2, new Proto().message(1, new Proto().number(1, type).message(2, shape)));
    }
}
