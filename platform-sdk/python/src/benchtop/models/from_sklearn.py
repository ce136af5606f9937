"""scikit-learn by skl2onnx; pipelines may end in XGBoost or LightGBM."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

import numpy as np

from benchtop.data.needs import need
from benchtop.models.converting import not_convertible
from benchtop.models.onnx_model import WRITTEN_OPSET, OnnxModel, renamed_output
from benchtop.models.sample import Sample
from benchtop.models.servable import Servable
from benchtop.models.tensors import Tensors

_INSTALL = "skl2onnx onnxruntime"
_OURS = "prediction"
_THEIRS = "variable"
# What the converters of boosted trees know.
_BOOSTED_OPSET = {"": 15, "ai.onnx.ml": 3}


def convert(model: Any, sample: Sample) -> Servable:
    """One input ``X`` where everything is a number or a text; one input per column for frames of both."""
    skl2onnx = need("skl2onnx", "publish a model of scikit-learn", _INSTALL)
    best = getattr(model, "best_estimator_", model)
    proto, inputs = _converted(skl2onnx, best, sample)
    if hasattr(best, "predict"):
        renamed_output(proto, _THEIRS, _OURS)
    loaded = OnnxModel(proto, _INSTALL)
    names = [each["name"] for each in loaded.signature["outputs"]]
    return Servable.of_onnx(loaded, inputs, own_answers(best, sample.given, names))


def own_answers(model: Any, given: Any, names: list[str]) -> Tensors:
    """What the model itself answers, by the names that its converters give the same."""
    found = {names[0]: model.predict(given) if hasattr(model, "predict") else model.transform(given)}
    if "probabilities" in names and hasattr(model, "predict_proba"):
        found["probabilities"] = model.predict_proba(given)
    return {
        name: np.asarray(answer.todense() if hasattr(answer, "todense") else answer) for name, answer in found.items()
    }


def _converted(skl2onnx: Any, model: Any, sample: Sample) -> tuple[Any, Tensors]:
    """Asks for one tensor first: a client then has one thing to send. Models that take columns by name refuse that."""
    tries = [sample.as_one()] if not sample.is_frame or sample.is_numeric else []
    tries += [sample.by_column()] if sample.is_frame else []
    for inputs in tries[:-1]:
        with suppress(Exception):
            return _onnx_of(skl2onnx, model, inputs), inputs
    with not_convertible(model):
        return _onnx_of(skl2onnx, model, tries[-1]), tries[-1]


def _onnx_of(skl2onnx: Any, model: Any, inputs: Tensors) -> Any:
    from sklearn.base import is_classifier

    boosted = _register_boosted()
    newest = min(WRITTEN_OPSET, skl2onnx.__max_supported_opset__)
    return skl2onnx.convert_sklearn(
        model,
        initial_types=[(name, _type_of(array)) for name, array in inputs.items()],
        options={id(model): {"zipmap": False}} if is_classifier(model) else None,
        target_opset=_BOOSTED_OPSET if boosted else newest,
    )


def _type_of(array: Any) -> Any:
    from skl2onnx.common import data_types

    shape = [None, *array.shape[1:]]
    kinds = {"f": data_types.FloatTensorType, "i": data_types.Int64TensorType}
    return kinds.get(array.dtype.kind, data_types.StringTensorType)(shape)


def _register_boosted() -> bool:
    """Teaches skl2onnx the boosted trees of libraries that are in use here; whether there are any."""
    used = [name for name in ("xgboost", "lightgbm") if name in sys.modules]
    if used:
        from benchtop.models.from_boosted import register

        for name in used:
            register(name)
    return bool(used)
