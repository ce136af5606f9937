"""A model made ready to be served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchtop.models.onnx_model import OnnxModel
from benchtop.models.tensors import Tensors


@dataclass(frozen=True)
class Servable:
    """What a converter makes of a model and a sample.

    Attributes:
        format: ``onnx`` or ``torchscript``.
        content: the file.
        signature: inputs and outputs in the protocol's words.
        inputs: the sample as tensors.
        outputs: what the file answers to it here.
        original: what the model itself answers to it, by output; nothing for a model that came as a file.
        onnx: the loaded model, where it is one.
    """

    format: str
    content: bytes
    signature: Mapping[str, Any]
    inputs: Tensors
    outputs: Tensors
    original: Tensors = field(default_factory=dict)
    onnx: OnnxModel | None = None

    @property
    def file(self) -> str:
        """Its name in the version."""
        return "model.onnx" if self.format == "onnx" else "model.pt"

    @staticmethod
    def of_onnx(model: OnnxModel, inputs: Tensors, original: Tensors) -> Servable:
        """Runs the model on the sample."""
        taken = model.as_taken(inputs)
        return Servable("onnx", model.content, model.signature, taken, model.run(taken), original, model)
