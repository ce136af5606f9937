"""How a version comes to serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from benchtop.durations import seconds_of
from benchtop.errors import BenchtopError

_GUARDS = ("error_rate", "p99_ms", "nan_rate", "prediction_difference")


@dataclass(frozen=True)
class Canary:
    """A share of the traffic that grows step by step, and goes back to none where a guard is broken.

    Attributes:
        steps: percent of each step, rising, before all of it.
        every: how long a step lasts: ``"30m"``, seconds, or a ``timedelta``.
        guards: limits of the new version: ``error_rate`` (0 to 1), ``p99_ms``, ``nan_rate`` (0 to 1),
            ``prediction_difference``.
        sticky: who stays with one version: ``"header:X-User-Id"`` or ``"cookie"``; who asks, if None.
    """

    steps: Sequence[float] = (5, 20, 50)
    every: str | float | timedelta = "30m"
    guards: Mapping[str, float] = field(default_factory=dict)
    sticky: str | None = None

    def __post_init__(self) -> None:
        steps = list(self.steps)
        if not steps or steps != sorted(set(steps)) or not 0 < steps[0] <= steps[-1] < 100:
            raise BenchtopError(
                "bad_strategy", f"{steps} are no steps: percent between 0 and 100 that rise, such as [5, 20, 50]."
            )
        for name in self.guards:
            if name not in _GUARDS:
                raise BenchtopError("bad_strategy", f"{name!r} is no guard; there are {', '.join(_GUARDS)}.")
        seconds_of(self.every)
        checked_sticky(self.sticky)


@dataclass(frozen=True)
class Split:
    """Versions side by side until it is said otherwise, to compare them.

    Attributes:
        weights: percent by version, ``{"0.0.1": 90, "0.0.2": 10}``; together 100.
        sticky: as of ``Canary``.
    """

    weights: Mapping[str, float]
    sticky: str | None = None

    def __post_init__(self) -> None:
        if not self.weights or min(self.weights.values()) < 0 or round(sum(self.weights.values()), 6) != 100:
            raise BenchtopError("bad_strategy", f"{dict(self.weights)} is no split: percent by version, together 100.")
        checked_sticky(self.sticky)


@dataclass(frozen=True)
class Shadow:
    """A version that is asked what the serving one is asked, and whose answers nobody gets: they are compared.

    Attributes:
        percent: of the requests that it is asked, too.
    """

    percent: float = 100

    def __post_init__(self) -> None:
        if not 0 < self.percent <= 100:
            raise BenchtopError(
                "bad_strategy", f"{self.percent} is no percentage of requests: more than 0, at most 100."
            )


Strategy = Canary | Split | Shadow


def checked_sticky(sticky: str | None) -> None:
    """Refuses what is neither a header nor the cookie.

    Raises:
        BenchtopError: ``bad_strategy``.
    """
    if sticky is not None and sticky != "cookie" and not (sticky.startswith("header:") and sticky[7:].strip()):
        raise BenchtopError("bad_strategy", f'{sticky!r} says not who stays; write "header:X-User-Id" or "cookie".')
