"""Alternating rounds of several sides, and what they came to."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from measure.processes import Calm, cpu_seconds, machine_busy_seconds
from measure.report import table

# What is over sooner is done again.
LEAST_SECONDS = 3


class Done(NamedTuple):
    """How much work was done, and in how many seconds where that is not all the time it took."""

    operations: float
    seconds: float | None = None


@dataclass(frozen=True)
class Side:
    """One way to do the same work."""

    name: str
    work: Callable[[], Done]


@dataclass(frozen=True)
class Round:
    """One side's work once. CPU is what all our processes used, clients and servers alike."""

    operations: float
    seconds: float
    cpu: float
    others: float

    @property
    def rate(self) -> float:
        return self.operations / self.seconds


@dataclass(frozen=True)
class Ratio:
    """Our rate over theirs, by medians; and their CPU for an operation over ours."""

    what: str
    value: float
    goal: float | None = None
    at_least: bool = True
    pairs: tuple[float, ...] = ()
    by_cpu: float | None = None

    def row(self) -> list[str]:
        """What is printed of it."""
        spread = f"{min(self.pairs):.2f}–{max(self.pairs):.2f}" if self.pairs else ""
        by_cpu = "" if self.by_cpu is None else f"{self.by_cpu:.2f}"
        return [self.what, f"{self.value:.2f}", spread, by_cpu, *self._wanted()]

    def _wanted(self) -> list[str]:
        if self.goal is None:
            return ["", "no goal"]
        reached = self.value >= self.goal if self.at_least else self.value <= self.goal
        return [f"{'>=' if self.at_least else '<='} {self.goal:g}", "reached" if reached else "NOT REACHED"]


@dataclass
class Results:
    """What all measurements of a run came to: tables that are printed as they are made, and goals for the end."""

    rounds: int
    calm: Calm = field(default_factory=lambda: Calm(60))
    ratios: list[Ratio] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)

    def alternate(self, title: str, unit: str, scale: float, sides: Sequence[Side]) -> dict[str, list[Round]]:
        """Each side once to warm up, then round by round, the order turned each time; prints the table."""
        for side in sides:
            self._round(title, side, "warm-up")
        found: dict[str, list[Round]] = {side.name: [] for side in sides}
        for number in range(self.rounds):
            for side in sides if number % 2 == 0 else reversed(sides):
                found[side.name].append(self._round(title, side, f"round {number + 1}"))
        head = [title, f"{unit}, median", "least", "most", "CPU-s a round", "others' CPU"]
        print("\n" + table(head, [_row(name, rounds, scale) for name, rounds in found.items()]), flush=True)
        return found

    def compare(self, what: str, found: dict[str, list[Round]], ours: str, theirs: str, goal: float | None) -> None:
        """Notes the ratio of the medians, and how far it was from round to round."""
        pairs = tuple(one.rate / other.rate for one, other in zip(found[ours], found[theirs], strict=True))
        ratio = _median(found[ours]) / _median(found[theirs])
        by_cpu = _cpu(found[theirs]) / _cpu(found[ours])
        self.ratios.append(Ratio(what, ratio, goal, pairs=pairs, by_cpu=by_cpu))

    def print_ratios(self) -> None:
        """All of them with their goals, and how busy others kept the machine."""
        rows = [ratio.row() for ratio in self.ratios]
        print("\n" + table(["ratio", "reached", "from round to round", "by CPU", "wanted", ""], rows))
        if self.others:
            shares = f"median {statistics.median(self.others):.0%}, at most {max(self.others):.0%}"
            print(f"\nOthers' share of {os.cpu_count()} cores meanwhile: {shares}; load at most {max(self.loads):.1f}.")

    def _round(self, title: str, side: Side, what: str) -> Round:
        self.calm.wait()
        busy, own = machine_busy_seconds(), cpu_seconds(os.getpid())
        begun = time.monotonic()
        operations = measured = elapsed = 0.0
        while elapsed < LEAST_SECONDS or not operations:
            done, before = side.work(), elapsed
            elapsed = time.monotonic() - begun
            operations += done.operations
            measured += elapsed - before if done.seconds is None else done.seconds
        used = cpu_seconds(os.getpid()) - own
        others = max(0.0, machine_busy_seconds() - busy - used) / elapsed / (os.cpu_count() or 1)
        made = Round(operations, measured, used, others)
        if what != "warm-up":
            self.others.append(others)
            self.loads.append(os.getloadavg()[0])
        print(f"  {title}, {side.name}, {what}: {made.seconds:.2f} s, {made.rate:,.0f}/s", file=sys.stderr, flush=True)
        return made


def _median(rounds: list[Round]) -> float:
    return statistics.median(one.rate for one in rounds)


def _cpu(rounds: list[Round]) -> float:
    return statistics.median(one.cpu / one.operations for one in rounds)


def _row(name: str, rounds: list[Round], scale: float) -> list[str]:
    rates = [one.rate / scale for one in rounds]
    shown = [f"{value:,.1f}" for value in (statistics.median(rates), min(rates), max(rates))]
    cpu = statistics.median(one.cpu for one in rounds)
    return [name, *shown, f"{cpu:.2f}", f"{statistics.median(one.others for one in rounds):.0%}"]
