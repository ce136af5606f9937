"""Whether a model answers the same after it has been converted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchtop.errors import BenchtopError
from benchtop.models.tensors import Tensors


@dataclass(frozen=True)
class Tolerance:
    """How far two numbers may be apart: ``absolute + relative × |expected|``."""

    absolute: float = 1e-4
    relative: float = 1e-4

    def __post_init__(self) -> None:
        if not (np.isfinite(self.absolute) and np.isfinite(self.relative) and min(self.absolute, self.relative) >= 0):
            raise BenchtopError(
                "bad_tolerance", "A tolerance is no less than 0: tolerance=1e-4, or (absolute, relative)."
            )

    @staticmethod
    def of(given: Any) -> Tolerance:
        """One of a number for both, ``(absolute, relative)``, or as it is; the usual one of None."""
        if given is None:
            return Tolerance()
        if isinstance(given, Tolerance):
            return given
        try:
            absolute, relative = given if isinstance(given, (tuple, list)) else (given, given)
            return Tolerance(float(absolute), float(relative))
        except (TypeError, ValueError):
            raise BenchtopError(
                "bad_tolerance", f"{given!r} is no tolerance; give one number, or (absolute, relative)."
            ) from None

    def as_json(self) -> dict[str, float]:
        return {"absolute": self.absolute, "relative": self.relative}


def compare(expected: Mapping[str, Any], served: Tensors, tolerance: Tolerance, whose: str) -> None:
    """Compares each output that is expected.

    Args:
        expected: arrays by output.
        served: what the converted model answers.
        tolerance: of numbers that are not whole; all else must be equal.
        whose: the expected answers, as in "the model's own".

    Raises:
        BenchtopError: ``outputs_differ`` with the worst row and both its values.
    """
    for name, wanted in expected.items():
        if name not in served:
            raise BenchtopError(
                "outputs_differ", f"The model has no output {name!r}; its outputs are {', '.join(served)}."
            )
        _compare(name, as_shaped(np.asarray(wanted), served[name], name), served[name], tolerance, whose)


def as_shaped(wanted: Any, answer: Any, name: str) -> Any:
    """The same elements in the shape of the answer: ``[n]`` here may be ``[n, 1]`` there.

    Raises:
        BenchtopError: ``outputs_differ`` where there are more or fewer.
    """
    if wanted.size != answer.size or wanted.shape[:1] != answer.shape[:1]:
        raise BenchtopError(
            "outputs_differ",
            f"Output {name!r} of the converted model has shape {list(answer.shape)}, not {list(wanted.shape)}.",
        )
    return wanted.reshape(answer.shape)


def largest_difference(one: Tensors, other: Tensors) -> float:
    """Over all outputs of both that are numbers but not whole ones."""
    found = [
        float(np.max(np.abs(array.astype(np.float64) - other[name].astype(np.float64)), initial=0.0))
        for name, array in one.items()
        if array.dtype.kind == "f" and name in other and other[name].shape == array.shape
    ]
    return max(found, default=0.0)


def _compare(name: str, wanted: Any, answer: Any, tolerance: Tolerance, whose: str) -> None:
    inexact = wanted.dtype.kind == "f" or answer.dtype.kind == "f"
    beyond = _beyond(wanted, answer, tolerance) if inexact else (_plain(wanted) != _plain(answer)).astype(np.float64)
    if not beyond.size or beyond.max() <= 0:
        return
    worst = np.unravel_index(int(beyond.argmax()), beyond.shape)
    row = int(worst[0]) if worst else 0
    column = f", column {', '.join(str(int(each)) for each in worst[1:])}" if len(worst) > 1 else ""
    allowed = f" More than {tolerance.absolute:g} + {tolerance.relative:g} × |value| apart." if inexact else ""
    raise BenchtopError(
        "outputs_differ",
        f"The converted model answers differently: output {name!r}, row {row} of the sample{column}, is "
        f"{_shown(answer[worst])} there and {_shown(wanted[worst])} in {whose} answer.{allowed} Nothing was published. "
        "If it is meant to differ, allow it: tolerance=(absolute, relative).",
    )


def _beyond(wanted: Any, answer: Any, tolerance: Tolerance) -> Any:
    one, other = wanted.astype(np.float64), answer.astype(np.float64)
    apart = np.abs(one - other) - (tolerance.absolute + tolerance.relative * np.abs(one))
    return np.where(np.isnan(apart), np.where(np.isnan(one) & np.isnan(other), -1.0, np.inf), apart)


def _plain(array: Any) -> Any:
    return array.astype(str) if array.dtype.kind in "OUST" else array


def _shown(value: Any) -> str:
    return (
        f"{value:.9g}"
        if np.asarray(value).dtype.kind == "f"
        else repr(value.item() if hasattr(value, "item") else value)
    )
