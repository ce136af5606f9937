"""An ONNX model: its limits, its signature, and its answers here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from benchtop.data.needs import need
from benchtop.errors import BenchtopError
from benchtop.models.foreign import told_as
from benchtop.models.tensors import Tensors

# What the model server's ONNX Runtime reads.
MOST_IR = 13
MOST_OPSET = 26
# Names of notes in a model: of the columns of its only input, and of the classes of probabilities.
COLUMNS = "benchtop.columns"
CLASSES = "benchtop.classes"
# What is written: older, so that other servers read it too.
WRITTEN_OPSET = 21

_TYPES = {
    "bool": "BOOL", "uint8": "UINT8", "uint16": "UINT16", "uint32": "UINT32", "uint64": "UINT64", "int8": "INT8",
    "int16": "INT16", "int32": "INT32", "int64": "INT64", "float16": "FP16", "bfloat16": "BF16", "float": "FP32",
    "double": "FP64", "string": "BYTES",
}  # fmt: skip
_NUMPY = {"FP32": np.float32, "FP64": np.float64, "INT64": np.int64, "INT32": np.int32, "BOOL": np.bool_}
_ERRORS_ONLY = 3


class OnnxModel:
    """A model in memory that has been loaded by ONNX Runtime, as the model server will.

    Attributes:
        content: the file.
        signature: inputs and outputs in the protocol's words; -1 is any size.
    """

    def __init__(self, proto: Any, install: str = "onnx onnxruntime") -> None:
        runtime = need("onnxruntime", "try an ONNX model here", install)
        self.content: bytes = _within_limits(proto).SerializeToString()
        options = runtime.SessionOptions()
        options.log_severity_level = _ERRORS_ONLY
        with told_as("not_loadable", "ONNX Runtime does not load this model"):
            self._session = runtime.InferenceSession(self.content, options, providers=["CPUExecutionProvider"])
        self.signature = {
            "inputs": [spec_of(each) for each in self._session.get_inputs()],
            "outputs": [spec_of(each) for each in self._session.get_outputs()],
        }

    @property
    def input_names(self) -> list[str]:
        """Names of inputs in their order."""
        return [each["name"] for each in self.signature["inputs"]]

    def run(self, tensors: Tensors) -> Tensors:
        """Its answers.

        Raises:
            BenchtopError: ``bad_sample`` where it does not take the tensors.
        """
        with told_as("bad_sample", "The model does not take the sample"):
            answers = self._session.run(None, tensors)
        names = [each["name"] for each in self.signature["outputs"]]
        return {name: np.asarray(answer) for name, answer in zip(names, answers, strict=True)}

    def as_taken(self, tensors: Tensors) -> Tensors:
        """Tensors in the types of its inputs: notebooks compute with float64, models mostly not."""
        types = {each["name"]: _NUMPY.get(each["datatype"]) for each in self.signature["inputs"]}
        return {
            name: array.astype(wanted)
            if (wanted := types.get(name)) is not None and array.dtype.kind in "fiub"
            else array
            for name, array in tensors.items()
        }


def read_proto(source: Any, install: str = "onnx onnxruntime") -> Any:
    """A model of a path (with what lies beside it), of bytes, or as it is.

    Raises:
        BenchtopError: ``package_missing``, ``not_loadable``.
    """
    onnx = need("onnx", "read an ONNX model", install)
    with told_as("not_loadable", "This is no ONNX model"):
        if isinstance(source, (bytes, bytearray)):
            return onnx.load_model_from_string(bytes(source))
        return source if hasattr(source, "graph") else onnx.load(source)


def renamed_output(proto: Any, old: str, new: str) -> None:
    """Gives an output another name."""
    for node in proto.graph.node:
        node.output[:] = [new if name == old else name for name in node.output]
        node.input[:] = [new if name == old else name for name in node.input]
    for output in proto.graph.output:
        if output.name == old:
            output.name = new


def with_notes(content: bytes, notes: Mapping[str, str]) -> bytes:
    """The same model with notes among its ``metadata_props``; those of these names that it has stay."""
    proto = read_proto(content)
    known = {each.key for each in proto.metadata_props}
    for key, value in notes.items():
        if key not in known:
            proto.metadata_props.add(key=key, value=value)
    noted: bytes = proto.SerializeToString()
    return noted


def with_any_rows(proto: Any) -> None:
    """Says of each output that its first size is any."""
    for output in proto.graph.output:
        sizes = output.type.tensor_type.shape.dim
        if sizes:
            sizes[0].Clear()


def _within_limits(proto: Any) -> Any:
    newest: dict[str, int] = {}
    for each in proto.opset_import:
        newest[each.domain] = max(each.version, newest.get(each.domain, 0))
    used = newest.get("", newest.get("ai.onnx", 1))
    if used > MOST_OPSET:
        raise BenchtopError(
            "opset_too_new",
            f"This model uses ONNX opset {used}, and the server reads {MOST_OPSET} at most. "
            f"Export it with opset {WRITTEN_OPSET}.",
        )
    copy = type(proto)()
    copy.CopyFrom(proto)
    copy.ir_version = min(proto.ir_version, MOST_IR)
    del copy.opset_import[:]
    for domain, version in newest.items():
        copy.opset_import.add(domain=domain, version=version)
    return copy


def spec_of(argument: Any) -> dict[str, Any]:
    """An input or output of a session in the protocol's words.

    Raises:
        BenchtopError: ``no_tensor``.
    """
    kind = argument.type.removeprefix("tensor(").removesuffix(")")
    if kind not in _TYPES:
        raise BenchtopError(
            "no_tensor",
            f"{argument.name!r} of the model is no tensor but a {argument.type}, which no client could read. "
            "Export classifiers without zipmap.",
        )
    sizes = [size if isinstance(size, int) and size >= 0 else -1 for size in argument.shape]
    return {"name": argument.name, "datatype": _TYPES[kind], "shape": sizes}
