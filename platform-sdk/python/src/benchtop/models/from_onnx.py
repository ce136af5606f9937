"""ONNX as it comes: a path, bytes, or a ``ModelProto``."""

from __future__ import annotations

from typing import Any

from benchtop.models.onnx_model import OnnxModel, read_proto
from benchtop.models.sample import Sample
from benchtop.models.servable import Servable


def convert(model: Any, sample: Sample) -> Servable:
    """Takes the model as it is; the IR is written lower where the server would not read it."""
    loaded = OnnxModel(read_proto(model))
    return Servable.of_onnx(loaded, sample.by_name(loaded.input_names), {})
