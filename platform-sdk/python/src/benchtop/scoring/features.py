"""Makes a model's inputs of columns: one input of all features, or an input for each column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchtop.data.needs import need
from benchtop.errors import BenchtopError
from benchtop.models.tensors import Tensors, dtype_of
from benchtop.scoring.loaded_model import LoadedModel


class Features:
    """Which columns go into which input. Threads may share it.

    Attributes:
        columns: that are read, in the order of the model.
    """

    def __init__(self, model: LoadedModel, columns: list[str]) -> None:
        self.columns = columns
        self._inputs = model.inputs
        self._model = model

    @staticmethod
    def of(model: LoadedModel, chosen: Sequence[str] | None, there: Sequence[str], dataset: str) -> Features:
        """Finds the columns: those that are named, or those that the model was published with.

        Args:
            model: whose inputs they go into.
            chosen: named by who scores, in the order of the model; None if not.
            there: columns of the dataset.
            dataset: its name, for sentences.

        Raises:
            BenchtopError: ``not_rows`` for a model that does not take rows; ``columns_unknown``, ``columns_differ``.
        """
        for each in model.inputs:
            if not _takes_rows(each, alone=len(model.inputs) == 1):
                raise BenchtopError(
                    "not_rows",
                    f"{model} does not take rows of columns: its input {each['name']} is "
                    f"{each['datatype']}{each['shape']}. Read the dataset, and ask an endpoint with tensors.",
                )
        columns = _columns(model, chosen, there, dataset)
        wanted = _width(model)
        if wanted not in (None, len(columns)):
            raise BenchtopError(
                "columns_differ", f"{model} takes {wanted} columns; these are {len(columns)}: {', '.join(columns)}."
            )
        missing = [name for name in columns if name not in there]
        if missing:
            spare = [name for name in there if name not in columns]
            raise BenchtopError(
                "columns_differ",
                f"{dataset} has no column {', '.join(missing)}, which {model} takes. Spare columns that it does not "
                f"take: {', '.join(spare) or 'none'}. Give others: columns=[…], in the order of the model.",
            )
        return Features(model, columns)

    def tensors(self, batch: Any, of: str) -> Tensors:
        """Inputs of some rows.

        Args:
            batch: ``pyarrow.RecordBatch``.
            of: whose rows these are.

        Raises:
            BenchtopError: ``bad_column`` for a type, or a missing value, that the input cannot hold.
        """
        if len(self._inputs) == 1:
            [spec] = self._inputs
            arrays = [_array(batch.column(name), name, spec, of) for name in self.columns]
            return {spec["name"]: arrays[0] if len(spec["shape"]) == 1 else np.column_stack(arrays)}
        return {
            spec["name"]: _array(batch.column(name), name, spec, of).reshape(-1, *[1] * (len(spec["shape"]) - 1))
            for spec, name in zip(self._inputs, self.columns, strict=True)
        }

    def nothing(self) -> Tensors:
        """Inputs of one row of zeros and empty texts, to see what answers look like."""
        width = len(self.columns)
        return {
            spec["name"]: np.full(
                [1] if len(spec["shape"]) == 1 else [1, width if len(self._inputs) == 1 else 1],
                "" if spec["datatype"] == "BYTES" else 0,
                dtype=_dtype(spec),
            )
            for spec in self._inputs
        }


def _takes_rows(spec: dict[str, Any], alone: bool) -> bool:
    shape = spec["shape"]
    known = spec["datatype"] == "BYTES" or dtype_of(spec["datatype"]) is not None
    if not known or not 1 <= len(shape) <= 2 or shape[0] != -1:
        return False
    return alone or len(shape) == 1 or shape[1] in (1, -1)


def _width(model: LoadedModel) -> int | None:
    """How many columns it takes; None if any number."""
    if len(model.inputs) > 1:
        return len(model.inputs)
    shape = model.inputs[0]["shape"]
    return 1 if len(shape) == 1 else None if shape[1] == -1 else int(shape[1])


def _columns(model: LoadedModel, chosen: Sequence[str] | None, there: Sequence[str], dataset: str) -> list[str]:
    if chosen is not None:
        return list(chosen)
    if len(model.inputs) > 1:
        return [str(each["name"]) for each in model.inputs]
    if model.columns:
        return model.columns
    name = str(model.inputs[0]["name"])
    if _width(model) in (None, 1) and name in there:
        return [name]
    width = _width(model)
    raise BenchtopError(
        "columns_unknown",
        f"{model} takes {'some' if width is None else width} columns as one input {name!r} and does not say which. "
        f"Name them in the order that it was trained with: columns=[…]. {dataset} has {', '.join(there)}. A model that "
        "is published with a DataFrame as its sample knows them.",
    )


def _dtype(spec: dict[str, Any]) -> Any:
    return object if spec["datatype"] == "BYTES" else dtype_of(spec["datatype"])


def _array(column: Any, name: str, spec: dict[str, Any], of: str) -> Any:
    """A column as an input holds it; a missing value is NaN where there is such."""
    pyarrow = need("pyarrow", "score rows")
    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    wanted = _dtype(spec)
    if column.null_count and (wanted is object or wanted.kind != "f"):
        raise BenchtopError(
            "bad_column",
            f"Column {name!r} of {of} has {column.null_count:,} missing values in some rows, and {spec['datatype']} of "
            "the model's input cannot hold any. Fill them, or leave those rows out.",
        )
    if wanted is object:
        if not (pyarrow.types.is_string(column.type) or pyarrow.types.is_large_string(column.type)):
            raise _other_type(name, column, "texts", of)
        return np.array(column.to_pylist(), dtype=object)
    numbers = _numbers(pyarrow, column, name, of)
    with np.errstate(invalid="ignore", over="ignore"):
        made = numbers.astype(wanted)
    if wanted.kind != "f" and not np.array_equal(made, numbers):
        raise BenchtopError(
            "bad_column",
            f"Column {name!r} of {of} has values that {spec['datatype']} of the model's input cannot hold: fractions, "
            "or numbers that are too large.",
        )
    return made


def _numbers(pyarrow: Any, column: Any, name: str, of: str) -> Any:
    kinds = pyarrow.types
    if kinds.is_boolean(column.type):
        column = column.cast(pyarrow.uint8())
    elif kinds.is_decimal(column.type):
        column = column.cast(pyarrow.float64())
    elif not (kinds.is_integer(column.type) or kinds.is_floating(column.type)):
        raise _other_type(name, column, "numbers", of)
    return column.to_numpy(zero_copy_only=False)


def _other_type(name: str, column: Any, wanted: str, of: str) -> BenchtopError:
    return BenchtopError("bad_column", f"Column {name!r} of {of} is {column.type}; the model takes {wanted}.")
