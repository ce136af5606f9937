"""The rows that a model is tried with: as the model takes them, and as tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from benchtop.errors import BenchtopError
from benchtop.models.tensors import Tensors

MOST_ROWS = 100
_MOST_NUMBERS = 200_000
INPUT = "X"
"""Name of a model's only input, where nothing else names it."""


class Sample:
    """Some rows: 100 at most, fewer where they are wide, and none with missing values, which no sample can hold.

    Attributes:
        given: those rows, of the kind that was given: what the model itself is asked with.
        rows: how many.
    """

    def __init__(self, given: Any) -> None:
        shortened = _shortened(given)
        whole = _whole_rows(shortened)
        self.given = shortened if whole.all() else _of_each(shortened, whole)
        self.rows = int(whole.sum())
        self._kept = np.flatnonzero(whole)

    def rows_of(self, array: Any) -> Any:
        """The same rows of another array that belongs to what was given, such as of expected answers.

        Raises:
            BenchtopError: ``bad_sample`` where it has fewer.
        """
        array = np.asarray(array)
        if array.ndim == 0 or len(array) <= self._kept.max():
            raise BenchtopError("bad_sample", "The expected answers have fewer rows than the sample.")
        return array[self._kept]

    @property
    def is_frame(self) -> bool:
        """Whether it has columns with names and types of their own (pandas, polars)."""
        return _is_frame(self.given)

    @property
    def is_numeric(self) -> bool:
        """Whether it fits into one tensor of numbers."""
        if self.is_frame:
            return all(array.dtype.kind in "fiub" for array in _columns(self.given).values())
        return not isinstance(self.given, Mapping) and np.asarray(self.given).dtype.kind in "fiub"

    def as_one(self, name: str = INPUT) -> Tensors:
        """One tensor; numbers as FP32."""
        array = np.column_stack(list(_columns(self.given).values())) if self.is_frame else np.asarray(self.given)
        return {name: array.astype(np.float32) if array.dtype.kind in "fiub" else array.astype(object)}

    def by_column(self) -> Tensors:
        """A tensor for each column, ``[rows, 1]``: whole numbers INT64, others FP32, all else texts."""
        return {name: _tensor(array).reshape(-1, 1) for name, array in _columns(self.given).items()}

    def by_name(self, names: list[str]) -> Tensors:
        """Tensors of a model whose inputs have names: as they are in a mapping, or the only one.

        Raises:
            BenchtopError: ``bad_sample``.
        """
        if isinstance(self.given, Mapping):
            found = {name: np.asarray(array) for name, array in self.given.items()}
        elif self.is_frame and set(names) <= set(_columns(self.given)):
            found = self.by_column()
        elif len(names) == 1:
            given = self.given
            found = self.as_one(names[0]) if self.is_frame else {names[0]: np.asarray(given)}
        else:
            found = {}
        if set(found) != set(names):
            raise BenchtopError(
                "bad_sample", f"The model's inputs are {', '.join(names)}; give the sample as {{name: array}} of them."
            )
        return found


def _tensor(array: Any) -> Any:
    if array.dtype.kind == "f":
        return array.astype(np.float32)
    if array.dtype.kind in "iub":
        return array.astype(np.int64)
    return np.array([str(each) for each in array], dtype=object)


def _is_frame(given: Any) -> bool:
    return hasattr(given, "columns") and hasattr(given, "dtypes")


def _columns(frame: Any) -> dict[str, Any]:
    return {str(name): frame[name].to_numpy() for name in frame.columns}


def _arrays(given: Any) -> list[Any]:
    if _is_frame(given):
        return list(_columns(given).values())
    return [np.asarray(each) for each in given.values()] if isinstance(given, Mapping) else [np.asarray(given)]


def _count(given: Any) -> int:
    return int(_arrays(given)[0].shape[0])


def _shortened(given: Any) -> Any:
    if isinstance(given, (list, tuple)):
        given = np.asarray(given)
    arrays = _arrays(given)
    if not arrays or any(array.ndim == 0 or not len(array) for array in arrays):
        raise BenchtopError(
            "bad_sample", "The sample has no rows; give some that the model was trained with: sample=X[:50]"
        )
    width = sum(array.size // len(array) for array in arrays)
    return _of_each(given, slice(0, max(1, min(MOST_ROWS, _MOST_NUMBERS // max(1, width)))))


def _whole_rows(given: Any) -> Any:
    """Which rows have no missing values."""
    whole: Any = np.ones(_count(given), dtype=bool)
    for array in _arrays(given):
        if array.shape[0] == len(whole):
            whole &= _present(array).reshape(len(whole), -1).all(axis=1)
    if not whole.any():
        raise BenchtopError(
            "bad_sample", "Every row of the sample has missing values, which a sample cannot hold. Give some without."
        )
    return whole


def _present(array: Any) -> Any:
    if array.dtype.kind == "f":
        return np.isfinite(array)
    if array.dtype.kind == "O":
        return np.array([each is not None and each == each for each in array.ravel()]).reshape(array.shape)  # noqa: PLR0124  - NaN
    return np.ones(array.shape, dtype=bool)


def _of_each(given: Any, rows: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: array[rows] for name, array in given.items()}
    if hasattr(given, "iloc"):
        return given.iloc[rows]
    if _is_frame(given) and not isinstance(rows, slice):
        return given.filter(rows)  # polars
    return given[rows]
