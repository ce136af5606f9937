"""A/B tests: two versions of an endpoint, compared as agreed on before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from benchtop.client import Client
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.rendering import Shown
from benchtop.serving.wire import path_of, sticky_of

# With the longest keys a post of so many stays below the 1 MB that the service reads.
_MOST_OUTCOMES = 2_000
_STOPPING = {"at-horizon": "AT_HORIZON", "always-valid": "ALWAYS_VALID"}


@dataclass(frozen=True)
class Side:
    """One of the two versions.

    Attributes:
        version: which.
        percent: of the requests that it gets.
        users: who met it and was reported, each counted once.
        conversions: of those.
        rate: conversions by users, 0 to 1; None without users.
    """

    version: str
    percent: float
    users: int
    conversions: int
    rate: float | None

    def in_words(self) -> str:
        """One line."""
        rate = "" if self.rate is None else f", {self.rate:.2%}"
        return f"{self.conversions} of {self.users} users{rate}"


@dataclass(frozen=True)
class Interval:
    """An estimate and the bounds between which the truth is, with the confidence of the plan; None is no bound."""

    low: float
    value: float
    high: float | None

    def in_words(self) -> str:
        """As percent."""
        high = "any number" if self.high is None else f"{self.high:+.2%}"
        return f"{self.value:+.2%}, between {self.low:+.2%} and {high}"


@dataclass(frozen=True, repr=False)
class Trial(Shown):
    """An A/B test as it was when it was asked for.

    Attributes:
        endpoint: its name.
        number: counts the endpoint's trials from 1.
        metric: what a conversion is.
        phase: ``WAITING`` for its versions, ``RUNNING``, or how it ended: ``BETTER`` (the candidate is), ``SWITCHED``
            (it is, and got all requests), ``NOT_BETTER``, ``NO_DIFFERENCE``, ``INVALID``, ``STOPPED``.
        message: the verdict, or how far it is, in sentences.
        control: the version that is there.
        candidate: the version that may be better.
        horizon: so many users of the smaller side end it.
        progress: towards that, 0 to 1.
        difference: of the two rates; None while nothing can be told.
        uplift: the difference relative to the control's rate; None while nothing can be told.
        p_value: of no difference at all; None before the end.
        since: when the phase began.
    """

    endpoint: str
    number: int
    metric: str
    phase: str
    message: str
    control: Side
    candidate: Side
    horizon: int
    progress: float
    difference: Interval | None
    uplift: Interval | None
    p_value: float | None
    since: datetime

    @property
    def ended(self) -> bool:
        """Whether nothing is counted any more."""
        return self.phase not in ("WAITING", "RUNNING")

    def shown(self) -> dict[str, str]:
        return {
            "trial": f"{self.number} of {self.endpoint}: {self.metric}",
            "verdict": self.message,
            f"control {self.control.version}": self.control.in_words(),
            f"candidate {self.candidate.version}": self.candidate.in_words(),
            **({"uplift": self.uplift.in_words()} if self.uplift else {}),
            "progress": f"{self.progress:.0%} of {self.horizon} users of the smaller side",
        }


@dataclass(frozen=True, repr=False)
class Reported(Shown):
    """What was new in a report.

    Attributes:
        phase: of the trial after it; nothing is counted unless that was ``RUNNING`` before.
        new_users: who was not reported before.
        new_conversions: who had not converted before.
    """

    phase: str
    new_users: int
    new_conversions: int

    def shown(self) -> dict[str, str]:
        return {"phase": self.phase, "new users": str(self.new_users), "new conversions": str(self.new_conversions)}


def begin(
    client: Client, endpoint: str, candidate: str, stopping: str, sticky: str | None, plan: Mapping[str, Any]
) -> Trial:
    """See ``Endpoint.begin_trial``."""
    if stopping not in _STOPPING:
        raise BenchtopError("bad_trial", f"{stopping!r} is no rule: 'at-horizon' or 'always-valid'.")
    asked = {
        "candidate": candidate,
        "stopping": _STOPPING[stopping],
        **({"sticky": sticky_of(sticky)} if sticky else {}),
    }
    asked.update((name, value) for name, value in plan.items() if value is not None)
    return _trial(client.post(f"{path_of(endpoint)}/trials", asked))


def trial_of(client: Client, endpoint: str, number: int | None) -> Trial:
    """One by its number, or the newest."""
    if number is not None:
        return _trial(client.get(f"{path_of(endpoint)}/trials/{int(number)}"))
    told = Fields(client.get(f"{path_of(endpoint)}/trials"), "trials").anything("trials") or ()
    if not told:
        raise BenchtopError(
            "no_trial", f"No trial was begun at {endpoint}: bt.endpoint({endpoint!r}).begin_trial(candidate=…, …)."
        )
    return _trial(told[0])


def stop(client: Client, endpoint: str) -> Trial:
    """Ends the newest."""
    number = trial_of(client, endpoint, None).number
    return _trial(client.post(f"{path_of(endpoint)}/trials/{number}:stop", {}))


def report(client: Client, endpoint: str, outcomes: Iterable[tuple[Any, ...]]) -> Reported:
    """See ``Endpoint.report_all``."""
    phase, users, conversions, any_sent = "", 0, 0, False
    for part in _parts(iter(outcomes)):
        body = {"outcomes": [_outcome(*each) for each in part]}
        told = Fields(client.read_by_post(f"{path_of(endpoint)}/outcomes", body), "outcomes")
        phase, any_sent = told.text("phase"), True
        users, conversions = users + told.whole("newUsers"), conversions + told.whole("newConversions")
    if not any_sent:
        raise BenchtopError("no_outcomes", "There is nothing to report: give pairs of a key and True or False.")
    return Reported(phase, users, conversions)


def _parts(outcomes: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while part := list(islice(outcomes, _MOST_OUTCOMES)):
        yield part


def _outcome(key: object, converted: object, version: str | None = None) -> dict[str, Any]:
    """NumPy's numbers and truths are taken as well: keys come out of frames."""
    outcome = {"key": str(key), "converted": bool(converted)}
    return outcome if version is None else {**outcome, "version": version}


def _trial(answer: Mapping[str, Any]) -> Trial:
    told = Fields(answer, "trial")
    return Trial(
        endpoint=told.text("endpoint"),
        number=told.whole("number"),
        metric=told.text("metric"),
        phase=told.text("phase"),
        message=told.text("message"),
        control=_side(told.object("control")),
        candidate=_side(told.object("candidate")),
        horizon=told.object("plan").whole("horizon"),
        progress=told.object("progress").optional_number("share") or 0,
        difference=_interval(told, "difference"),
        uplift=_interval(told, "uplift"),
        p_value=told.optional_number("pValue"),
        since=told.instant("since"),
    )


def _side(told: Fields) -> Side:
    return Side(
        told.text("version"),
        told.optional_number("percent") or 0,
        told.whole("users"),
        told.whole("conversions"),
        told.optional_number("rate"),
    )


def _interval(told: Fields, name: str) -> Interval | None:
    if told.anything(name) is None:
        return None
    bounds = told.object(name)
    return Interval(
        bounds.optional_number("low") or 0, bounds.optional_number("value") or 0, bounds.optional_number("high")
    )
