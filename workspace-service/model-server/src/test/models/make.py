"""Makes the small models of the tests, and their signatures and samples; run by hand: python make.py ../resources/models.

Needs numpy, onnx, scikit-learn and skl2onnx. The files are committed, so that tests need no Python.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from skl2onnx import to_onnx
from sklearn.datasets import load_iris
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

OPSET = [helper.make_opsetid("", 17)]
TYPES = {
    "tensor(float)": "FP32",
    "tensor(double)": "FP64",
    "tensor(int64)": "INT64",
    "tensor(int32)": "INT32",
    "tensor(int16)": "INT16",
    "tensor(int8)": "INT8",
    "tensor(uint8)": "UINT8",
    "tensor(bool)": "BOOL",
    "tensor(string)": "BYTES",
    "tensor(float16)": "FP16",
}


def model(nodes, inputs, outputs, initializers=()):
    graph = helper.make_graph(nodes, "g", inputs, outputs, initializers)
    made = helper.make_model(graph, opset_imports=OPSET, ir_version=8)
    onnx.checker.check_model(made)
    return made.SerializeToString()


def value(name, type_, shape):
    return helper.make_tensor_value_info(name, type_, shape)


def specs(values):
    return [
        {"name": v.name, "datatype": TYPES[v.type], "shape": [d if isinstance(d, int) else -1 for d in v.shape]}
        for v in values
    ]


def tensor(name, array, datatype):
    data = array.ravel().tolist()
    return {"name": name, "datatype": datatype, "shape": list(array.shape), "data": data}


def write(folder, name, content, sample):
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    (target / "model.onnx").write_bytes(content)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    signature = {"inputs": specs(session.get_inputs()), "outputs": specs(session.get_outputs())}
    (target / "signature.json").write_text(json.dumps(signature) + "\n")
    if sample is None:
        return
    outputs = session.run(None, sample)
    document = {
        "inputs": [tensor(s["name"], sample[s["name"]], s["datatype"]) for s in signature["inputs"]],
        "outputs": [tensor(s["name"], o, s["datatype"]) for s, o in zip(signature["outputs"], outputs, strict=True)],
        "tolerance": {"absolute": 1e-4, "relative": 1e-4},
    }
    (target / "sample.json").write_text(json.dumps(document) + "\n")


def iris(folder):
    x, y = load_iris(return_X_y=True)
    x = x.astype(np.float32)
    made = to_onnx(LogisticRegression(max_iter=500).fit(x, y), x[:1], options={"zipmap": False}, target_opset=17)
    write(folder, "iris", made.SerializeToString(), {"X": x[[0, 60, 120]]})


def gbt(folder):
    x, y = load_iris(return_X_y=True)
    x = x.astype(np.float32)
    trees = GradientBoostingClassifier(n_estimators=5, max_depth=3, random_state=1).fit(x, y)
    made = to_onnx(trees, x[:1], options={"zipmap": False}, target_opset=17)
    write(folder, "gbt", made.SerializeToString(), {"X": x[[0, 60, 120]]})


def types(folder):
    kinds = {
        "bool": (TensorProto.BOOL, np.array([[True, False]])),
        "uint8": (TensorProto.UINT8, np.array([[1, 255]], np.uint8)),
        "int8": (TensorProto.INT8, np.array([[-128, 127]], np.int8)),
        "int16": (TensorProto.INT16, np.array([[-32768, 5]], np.int16)),
        "int32": (TensorProto.INT32, np.array([[-7, 2**31 - 1]], np.int32)),
        "int64": (TensorProto.INT64, np.array([[-(2**62), 9]], np.int64)),
        "fp32": (TensorProto.FLOAT, np.array([[0.5, -3.25]], np.float32)),
        "fp64": (TensorProto.DOUBLE, np.array([[0.1, 1e300]], np.float64)),
        "bytes": (TensorProto.STRING, np.array([["héllo", "b"]], object)),
    }
    nodes = [helper.make_node("Identity", [k], [k + "_out"]) for k in kinds]
    inputs = [value(k, t, ["n", 2]) for k, (t, _) in kinds.items()]
    outputs = [value(k + "_out", t, ["n", 2]) for k, (t, _) in kinds.items()]
    write(folder, "types", model(nodes, inputs, outputs), {k: a for k, (_, a) in kinds.items()})
    half = model(
        [helper.make_node("Identity", ["half"], ["half_out"]), helper.make_node("Cast", ["half"], ["wide"], to=1)],
        [value("half", TensorProto.FLOAT16, ["n", 2])],
        [value("half_out", TensorProto.FLOAT16, ["n", 2]), value("wide", TensorProto.FLOAT, ["n", 2])],
    )
    write(folder, "half", half, None)


def lookup(folder):
    """Fails for an index that the table has not."""
    table = numpy_helper.from_array(np.arange(10, dtype=np.float32) * 1.5, "table")
    made = model(
        [helper.make_node("Gather", ["table", "index"], ["found"])],
        [value("index", TensorProto.INT64, ["n", 1])],
        [value("found", TensorProto.FLOAT, ["n", 1])],
        [table],
    )
    write(folder, "lookup", made, {"index": np.array([[3]], np.int64)})


def slow(folder):
    """Takes as long as its input says: about a millisecond for 10."""
    square = numpy_helper.from_array(np.eye(128, dtype=np.float32) * 0.5, "square")
    start = numpy_helper.from_array(np.eye(128, dtype=np.float32), "start")
    body = helper.make_graph(
        [
            helper.make_node("MatMul", ["state", "square"], ["state_out"]),
            helper.make_node("Identity", ["go"], ["go_out"]),
        ],
        "body",
        [
            value("i", TensorProto.INT64, []),
            value("go", TensorProto.BOOL, []),
            value("state", TensorProto.FLOAT, [128, 128]),
        ],
        [value("go_out", TensorProto.BOOL, []), value("state_out", TensorProto.FLOAT, [128, 128])],
    )
    nodes = [
        helper.make_node("Squeeze", ["rounds"], ["trips"]),
        helper.make_node("Loop", ["trips", "", "start"], ["end"], body=body),
        helper.make_node("ReduceSum", ["end"], ["sum"], keepdims=0),
        helper.make_node("Reshape", ["sum", "one"], ["done"]),
    ]
    one = numpy_helper.from_array(np.array([1], np.int64), "one")
    made = model(
        nodes,
        [value("rounds", TensorProto.INT64, [1])],
        [value("done", TensorProto.FLOAT, [1])],
        [square, start, one],
    )
    write(folder, "slow", made, {"rounds": np.array([1], np.int64)})


def centred(folder):
    """Its rows look at each other, so it must never share a run."""
    made = model(
        [
            helper.make_node("ReduceMean", ["x"], ["mean"], axes=[0], keepdims=1),
            helper.make_node("Sub", ["x", "mean"], ["y"]),
        ],
        [value("x", TensorProto.FLOAT, ["n", 2])],
        [value("y", TensorProto.FLOAT, ["n", 2])],
    )
    write(folder, "centred", made, {"x": np.array([[1, 2], [3, 5]], np.float32)})


def unbounded(folder):
    """Makes an output of the shape that its input says."""
    made = model(
        [helper.make_node("ConstantOfShape", ["shape"], ["zeros"])],
        [value("shape", TensorProto.INT64, [2])],
        [value("zeros", TensorProto.FLOAT, ["a", "b"])],
    )
    write(folder, "unbounded", made, {"shape": np.array([2, 2], np.int64)})


def main():
    folder = Path(sys.argv[1])
    for make in (iris, gbt, types, lookup, slow, centred, unbounded):
        make(folder)


if __name__ == "__main__":
    main()
