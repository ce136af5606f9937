"""What an endpoint is like at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchtop.rendering import Shown


@dataclass(frozen=True)
class Arm:
    """One version behind an endpoint.

    Attributes:
        version: of the endpoint's model.
        percent: of the requests that it gets.
        state: ``READY``, ``STARTING``, ``ASLEEP`` or ``FAILED``.
        state_message: why; empty where there is nothing to say.
        replicas: how many servers are wanted.
        ready_replicas: how many of them answer.
        requests: how many it has got.
        error_rate: of those, 0 to 1; None before the first, as are both times.
        p50_millis: half of the requests took no longer.
        p99_millis: 99 of 100 took no longer.
    """

    version: str
    percent: float
    state: str
    state_message: str
    replicas: int
    ready_replicas: int
    requests: int
    error_rate: float | None
    p50_millis: float | None
    p99_millis: float | None

    def in_words(self) -> str:
        """One line."""
        return ", ".join(
            part
            for part in (
                f"{self.percent:g} %",
                f"{self.state}: {self.state_message}" if self.state_message else self.state,
                f"{self.ready_replicas} of {self.replicas} servers",
                f"{self.requests} requests",
                None if self.error_rate is None else f"{self.error_rate:.2%} failed",
                None if self.p99_millis is None else f"p99 {self.p99_millis:g} ms",
            )
            if part
        )


@dataclass(frozen=True)
class Rollout:
    """How far a promotion is.

    Attributes:
        phase: ``STABLE``, ``SWITCHING``, ``PROGRESSING`` or ``ROLLED_BACK``.
        step: which of its steps; None where it has none.
        message: why; empty where there is nothing to say.
        code: why it was rolled back, such as ``ERROR_RATE``; ``ASKED`` where somebody wanted it; empty otherwise.
    """

    phase: str
    step: int | None
    message: str
    code: str

    @property
    def is_through(self) -> bool:
        """Whether nothing is on its way, and all is as somebody wanted it."""
        return self.phase == "STABLE" or self.code == "ASKED"


@dataclass(frozen=True, repr=False)
class State(Shown):
    """An endpoint as it was when it was asked for.

    Attributes:
        name: as in its address.
        owner: name of the user it belongs to.
        model: name of the model that it serves.
        url: its path below Benchtop's address.
        arms: the versions behind it.
        shadow: the version that is asked, too, and whose answers nobody gets; None without.
        rollout: how far the last promotion is.
        in_force: whether every proxy shares out requests like this already, not as a moment before.
        callers: names of users who may ask it, ``*`` for everybody.
        history: what was done to it, newest first, as the service tells it.
        sticky_header: the header that says who stays with one version; None without.
    """

    name: str
    owner: str
    model: str
    url: str
    arms: tuple[Arm, ...]
    shadow: str | None
    rollout: Rollout
    in_force: bool
    callers: tuple[str, ...]
    history: tuple[Mapping[str, Any], ...]
    sticky_header: str | None

    @property
    def starting(self) -> tuple[Arm, ...]:
        """The versions that get requests and cannot answer yet."""
        return tuple(arm for arm in self.arms if arm.percent > 0 and arm.state not in ("READY", "ASLEEP"))

    @property
    def settled(self) -> bool:
        """Whether nothing is going on any more: it serves, or it will not by itself."""
        if self.rollout.is_through:
            return not self.starting and self.in_force
        return self.rollout.phase == "ROLLED_BACK"

    def shown(self) -> dict[str, str]:
        rollout = self.rollout
        return {
            "endpoint": self.name,
            "model": self.model,
            "owner": self.owner,
            "url": self.url,
            "rollout": f"{rollout.phase}: {rollout.message}" if rollout.message else rollout.phase,
            **{f"version {arm.version}": arm.in_words() for arm in self.arms},
            **({"shadow": f"version {self.shadow}"} if self.shadow else {}),
        }
