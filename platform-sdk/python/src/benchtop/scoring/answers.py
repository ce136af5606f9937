"""Makes columns of a model's outputs: ``prediction``, ``probability_<class>``, and others by their own names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchtop.data.needs import need
from benchtop.errors import BenchtopError
from benchtop.models.tensors import Tensors

_PREDICTION = "prediction"
_LABELS = ("label", "output_label")
_PROBABILITIES = ("probabilities", "output_probability")


class Answers:
    """The columns that a model's outputs become. Threads may share it.

    Attributes:
        names: of the columns, in order.
    """

    def __init__(self, seen: Tensors, classes: Sequence[str]) -> None:
        """Looks at the answer to some rows, which tells sizes that the model itself may not.

        Raises:
            BenchtopError: ``not_rows`` for an output that is not one answer for each row.
        """
        self._columns = [
            (output, at, name, _type_of(array))
            for output, array in seen.items()
            for at, name in enumerate(_names(output, array, classes, alone=len(seen) == 1))
        ]
        self.names = [name for _, _, name, _ in self._columns]

    def fields(self) -> list[Any]:
        """``pyarrow.Field`` of each column."""
        pyarrow = need("pyarrow", "score rows")
        return [pyarrow.field(name, kind) for _, _, name, kind in self._columns]

    def arrays(self, answers: Tensors, rows: int, of: str) -> list[Any]:
        """``pyarrow.Array`` of each column.

        Raises:
            BenchtopError: ``not_rows`` where there are more or fewer answers than rows.
        """
        pyarrow = need("pyarrow", "score rows")
        flat = {output: _flat(output, array, rows, of) for output, array in answers.items()}
        for output, array in flat.items():
            if array.shape[1] != sum(each == output for each, *_ in self._columns):
                raise BenchtopError(
                    "not_rows", f"The output {output} has another size for rows of {of} than for others."
                )
        return [pyarrow.array(_plain(flat[output][:, at]), type=kind) for output, at, _, kind in self._columns]


def _names(output: str, array: Any, classes: Sequence[str], alone: bool) -> list[str]:
    width = _flat(output, array, array.shape[0] if array.ndim else 0, "the model").shape[1]
    if output in _PROBABILITIES:
        words = classes if len(classes) == width else [str(each) for each in range(width)]
        return [f"probability_{each}" for each in words]
    if width == 1:
        return [_PREDICTION if alone or output in _LABELS else output]
    return [f"{output}_{each}" for each in range(width)]


def _flat(output: str, array: Any, rows: int, of: str) -> Any:
    if array.ndim == 0 or array.shape[0] != rows:
        raise BenchtopError(
            "not_rows",
            f"The output {output} has the shape {list(array.shape)} for {rows} rows of {of}: not one answer for each.",
        )
    return array.reshape(rows, int(np.prod(array.shape[1:])))


def _type_of(array: Any) -> Any:
    pyarrow = need("pyarrow", "score rows")
    if array.dtype.kind in "OUST":
        return pyarrow.string()
    return pyarrow.float32() if array.dtype == np.float16 else pyarrow.from_numpy_dtype(array.dtype)


def _plain(array: Any) -> Any:
    if array.dtype.kind in "OUST":
        return [each.decode() if isinstance(each, bytes) else str(each) for each in array]
    return array.astype(np.float32) if array.dtype == np.float16 else np.ascontiguousarray(array)
