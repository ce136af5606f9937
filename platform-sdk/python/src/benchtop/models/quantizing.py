"""Weights of 8 bits instead of 32, where that is both near enough and faster here.

See https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html. Trees gain nothing, and processors
without instructions for it lose: so both are measured, and a model that does not gain is not published.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchtop.data.needs import need
from benchtop.errors import BenchtopError
from benchtop.models.foreign import told_as
from benchtop.models.onnx_model import OnnxModel, read_proto
from benchtop.models.parity import largest_difference
from benchtop.models.servable import Servable
from benchtop.models.tensors import Tensors

Stopwatch = Callable[[Callable[[], object]], float]

_INSTALL = "onnx onnxruntime"
_ROUNDS = 30
_SECONDS = 10.0
_WARM_UP = 3


@dataclass(frozen=True)
class Quantized:
    """The smaller model, and what it was measured to be.

    Attributes:
        servable: in place of the one before.
        delta: largest difference of an output, or of the score.
        speed: how many times as fast.
    """

    servable: Servable
    delta: float
    speed: float


def quantized(
    servable: Servable, kind: str, most: float, score: Callable[[Tensors], float] | None, stopwatch: Stopwatch
) -> Quantized:
    """Makes the smaller model and measures it beside the one before.

    Args:
        servable: of format onnx.
        kind: ``int8``.
        most: how far outputs, or the score, may be apart.
        score: what to compare instead of each output: a number of all outputs, such as an accuracy.
        stopwatch: how long some work takes, in seconds.

    Raises:
        BenchtopError: ``bad_quantize``, ``outputs_differ`` or ``not_faster``, each with both numbers.
    """
    if kind != "int8" or servable.onnx is None:
        raise BenchtopError("bad_quantize", 'Only ONNX can be quantized, and only as quantize="int8".')
    small = OnnxModel(_dynamic(servable.content), _INSTALL)
    outputs = small.run(servable.inputs)
    before, after = (
        (score(servable.outputs), score(outputs)) if score else (0.0, largest_difference(servable.outputs, outputs))
    )
    delta = abs(float(after) - float(before))
    if not delta <= most:
        what = f"its score is {after:g} instead of {before:g}" if score else f"an output differs by {delta:g}"
        raise BenchtopError(
            "outputs_differ",
            f"With int8 {what}, and max_delta is {most:g}. Nothing was published; leave quantize away.",
        )
    slow, fast = _speeds(servable.onnx, small, servable.inputs, stopwatch)
    if fast >= slow:
        raise BenchtopError(
            "not_faster",
            f"With int8 the sample takes {fast * 1e3:.3f} ms here, and {slow * 1e3:.3f} ms without. "
            "Nothing was published; leave quantize away.",
        )
    made = replace(servable, content=small.content, signature=small.signature, outputs=outputs, onnx=small)
    return Quantized(made, delta, slow / fast)


def _dynamic(content: bytes) -> Any:
    quantization = need("onnxruntime.quantization", "quantize a model", _INSTALL)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "model.onnx"), Path(folder, "int8.onnx")
        source.write_bytes(content)
        with told_as("bad_quantize", "This model cannot be quantized", "Leave quantize away."):
            quantization.quantize_dynamic(source, target, weight_type=quantization.QuantType.QInt8)
        return read_proto(target.read_bytes(), _INSTALL)


def _speeds(one: OnnxModel, other: OnnxModel, inputs: Tensors, stopwatch: Stopwatch) -> tuple[float, float]:
    """Medians of turns about, so that both meet the same noise."""
    took: tuple[list[float], list[float]] = ([], [])
    while len(took[0]) < _WARM_UP + 1 or (len(took[0]) < _ROUNDS and sum(map(sum, took)) < _SECONDS):
        for model, times in zip((one, other), took, strict=True):
            times.append(stopwatch(lambda model=model: model.run(inputs)))  # type: ignore[misc]
    return median(took[0][_WARM_UP:]), median(took[1][_WARM_UP:])


def seconds_for(work: Callable[[], object]) -> float:
    """How long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
