"""Finds the converter of a model by where its class comes from, and imports only that one."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from benchtop.errors import BenchtopError
from benchtop.models.foreign import told_as
from benchtop.models.onnx_model import CLASSES, COLUMNS, with_notes
from benchtop.models.sample import Sample
from benchtop.models.servable import Servable

_CONVERTERS = {
    "xgboost": "from_boosted",
    "lightgbm": "from_boosted",
    "torch": "from_torch",
    "sklearn": "from_sklearn",
    "onnx": "from_onnx",
}
_FILES = {".onnx": "from_onnx", ".pt": "from_torch", ".pth": "from_torch"}
_ZIP = b"PK\x03\x04"


def convert(model: Any, sample: Sample) -> Servable:
    """Makes a model servable, and asks both it and the result for their answers to the sample.

    Raises:
        BenchtopError: ``not_servable`` for what there is no converter for, ``not_convertible`` with the converter's own
            reason, ``package_missing`` with what to install, ``bad_sample``.
    """
    converter = import_module(f"benchtop.models.{_converter_of(model)}")
    made: Servable = converter.convert(model, sample)
    notes = _notes(model, sample, made)
    return replace(made, content=with_notes(made.content, notes)) if notes else made


def _notes(model: Any, sample: Sample, made: Servable) -> dict[str, str]:
    """What scoring wants to know later and tensors do not say: which columns one input is of, and the classes."""
    if made.onnx is None:
        return {}
    columns = [str(each) for each in sample.given.columns] if sample.is_frame and len(made.inputs) == 1 else []
    classes = getattr(model, "classes_", None)
    told = {COLUMNS: columns, CLASSES: [] if classes is None else [str(each) for each in classes]}
    return {name: json.dumps(words, ensure_ascii=False) for name, words in told.items() if words}


def _converter_of(model: Any) -> str:
    if isinstance(model, (bytes, bytearray)):
        return "from_torch" if bytes(model[:4]) == _ZIP else "from_onnx"
    if isinstance(model, (str, Path)):
        suffix = Path(model).suffix.lower()
        if suffix in _FILES:
            return _FILES[suffix]
        raise _not_servable(f"A file {Path(model).name}")
    for each in type(model).__mro__:
        root = each.__module__.partition(".")[0]
        if root in _CONVERTERS:
            return _CONVERTERS[root]
    raise _not_servable(f"A {type(model).__module__}.{type(model).__qualname__}")


def _not_servable(what: str) -> BenchtopError:
    return BenchtopError(
        "not_servable",
        f"{what} cannot be made servable here. Give a model of scikit-learn, XGBoost, LightGBM or PyTorch, a path to a "
        "file .onnx or .pt (TorchScript), or export it to ONNX yourself.",
    )


def not_convertible(model: Any) -> AbstractContextManager[None]:
    """What a converter says becomes ``not_convertible``."""
    what = f"This {type(model).__name__} cannot be converted to ONNX"
    return told_as("not_convertible", what, "Nothing was published.")
