"""XGBoost and LightGBM by the converters of onnxmltools: both their scikit-learn classes and their boosters."""

from __future__ import annotations

import copy
from importlib import import_module
from typing import Any

import numpy as np

from benchtop.data.needs import need
from benchtop.models.converting import not_convertible
from benchtop.models.from_sklearn import own_answers
from benchtop.models.onnx_model import OnnxModel, renamed_output, with_any_rows
from benchtop.models.sample import INPUT, Sample
from benchtop.models.servable import Servable
from benchtop.models.tensors import Tensors

_INSTALL = "onnxmltools skl2onnx onnxruntime"
_OPSET = 15


def convert(model: Any, sample: Sample) -> Servable:
    """One input ``X``; the columns' names stay in the notebook, their order counts."""
    tools = need("onnxmltools", "publish boosted trees", _INSTALL)
    lightgbm = any(each.__module__.startswith("lightgbm") for each in type(model).__mro__)
    inputs = sample.as_one()
    with not_convertible(model):
        proto = _onnx_of(tools, model, inputs[INPUT].shape[1], lightgbm)
    with_any_rows(proto)  # the converter of LightGBM says one label, however many rows there are
    renamed_output(proto, "variable", "prediction")
    loaded = OnnxModel(proto, _INSTALL)
    names = [each["name"] for each in loaded.signature["outputs"]]
    return Servable.of_onnx(loaded, inputs, _own_answers(model, sample, names, lightgbm))


def _onnx_of(tools: Any, model: Any, columns: int, lightgbm: bool) -> Any:
    from onnxmltools.convert.common.data_types import FloatTensorType

    types = [(INPUT, FloatTensorType([None, columns]))]
    if lightgbm:
        return tools.convert_lightgbm(model, initial_types=types, target_opset=_OPSET, zipmap=False)
    return tools.convert_xgboost(_without_names(model), initial_types=types, target_opset=_OPSET)


def _without_names(model: Any) -> Any:
    """The converter of XGBoost takes no columns with names of their own."""
    copied = copy.deepcopy(model)
    booster = copied.get_booster() if hasattr(copied, "get_booster") else copied
    booster.feature_names = None
    return copied


def _own_answers(model: Any, sample: Sample, names: list[str], lightgbm: bool) -> Tensors:
    if type(model).__name__ != "Booster":
        return own_answers(model, sample.given, names)
    given = sample.given if lightgbm else _matrix(model, sample.given)
    answer = np.asarray(model.predict(given))
    if "probabilities" not in names:
        return {names[0]: answer}
    if answer.ndim == 1 and answer.dtype.kind == "f" and ((answer >= 0) & (answer <= 1)).all():
        return {"probabilities": np.column_stack([1 - answer, answer])}
    return {"probabilities" if answer.ndim == 2 else "label": answer}


def _matrix(model: Any, given: Any) -> Any:
    kind = import_module("xgboost").DMatrix
    return kind(given, feature_names=model.feature_names) if not hasattr(given, "columns") else kind(given)


def register(name: str) -> None:
    """Teaches skl2onnx the classes of a library, so that they may be steps of a pipeline."""
    from skl2onnx import update_registered_converter
    from skl2onnx.common.shape_calculator import (
        calculate_linear_classifier_output_shapes,
        calculate_linear_regressor_output_shapes,
    )

    need("onnxmltools", "publish boosted trees", _INSTALL)
    library = import_module(name)
    where, prefix = ("xgboost.operator_converters.XGBoost", "XGB") if name == "xgboost" else (
        "lightgbm.operator_converters.LightGbm", "LGBM"
    )  # fmt: skip
    converter = getattr(
        import_module(f"onnxmltools.convert.{where}"), "convert_xgboost" if name == "xgboost" else "convert_lightgbm"
    )
    for kind, shapes, options in (
        (
            "Classifier",
            calculate_linear_classifier_output_shapes,
            {"nocl": [True, False], "zipmap": [True, False, "columns"]},
        ),
        ("Regressor", calculate_linear_regressor_output_shapes, {"split": None} if name == "lightgbm" else None),
    ):
        made = getattr(library, f"{prefix}{kind}", None)
        if made is not None:
            update_registered_converter(made, f"{prefix}{kind}", shapes, converter, options=options)
