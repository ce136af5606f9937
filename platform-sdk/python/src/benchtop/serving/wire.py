"""How endpoints are written on the wire, in both directions. Nothing else in the SDK knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from benchtop.durations import seconds_of
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.serving.state import Arm, Rollout, State
from benchtop.serving.strategies import Canary, Shadow, Split, Strategy

ALL = "/api/v1/endpoints"
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
_GUARDS = {
    "error_rate": "maxErrorRate",
    "p99_ms": "maxP99Millis",
    "nan_rate": "maxNanRate",
    "prediction_difference": "maxPredictionDifference",
}


def path_of(name: str) -> str:
    """Where an endpoint is asked for.

    Raises:
        BenchtopError: ``bad_name``.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BenchtopError(
            "bad_name", f"{name!r} is no name of an endpoint: a-z, 0-9 and '-', such as orders; 40 at most."
        )
    return f"{ALL}/{name}"


def promotion(model: str, version: str, strategy: Strategy | None, hardware: str | None) -> dict[str, Any]:
    """The body of ``:promote``."""
    return {"model": model, "version": version, "strategy": _strategy(strategy), **_settings(strategy, hardware)}


def _strategy(strategy: Strategy | None) -> dict[str, Any]:
    match strategy:
        case None:
            return {"kind": "ALL_AT_ONCE"}
        case Canary():
            return {
                "kind": "CANARY",
                "steps": list(strategy.steps),
                "everySeconds": round(seconds_of(strategy.every)),
                "guards": {_GUARDS[name]: limit for name, limit in strategy.guards.items()},
            }
        case Split():
            return {"kind": "SPLIT", "weights": dict(strategy.weights)}
        case Shadow():
            return {"kind": "SHADOW", "percent": strategy.percent}
    raise BenchtopError(
        "bad_strategy", f"{strategy!r} is no strategy: None for all at once, bt.Canary, bt.Split or bt.Shadow."
    )


def _settings(strategy: Strategy | None, hardware: str | None) -> dict[str, Any]:
    """Who stays with one version is the endpoint's, whatever version it gets, and so is what it runs on."""
    sticky = strategy.sticky if isinstance(strategy, (Canary, Split)) else None
    settings = {
        **({} if sticky is None else {"sticky": sticky_of(sticky)}),
        **({} if hardware is None else {"hardware": hardware}),
    }
    return {"settings": settings} if settings else {}


def sticky_of(sticky: str) -> dict[str, Any]:
    """``header:X-User-Id`` or ``cookie``."""
    header = sticky.removeprefix("header:").strip() if sticky.startswith("header:") else None
    return {"header": header, "cookie": header is None}


def state(answer: Mapping[str, Any]) -> State:
    """An endpoint as the service tells it."""
    told = Fields(answer, "endpoint")
    rollout = told.optional_object("rollout")
    sticky = told.optional_object("settings").optional_object("sticky")
    shadow = told.anything("shadow")
    return State(
        name=told.text("name"),
        owner=told.text("owner"),
        model=told.optional_text("model") or "",
        url=told.text("url"),
        arms=tuple(_arm(each) for each in told.objects("arms")),
        shadow=shadow.get("version") if isinstance(shadow, Mapping) else shadow,
        rollout=Rollout(
            rollout.optional_text("phase") or "STABLE",
            rollout.optional_whole("step"),
            rollout.optional_text("message") or "",
            rollout.optional_text("code") or "",
        ),
        in_force=told.optional_truth("inForce") is not False,
        callers=told.texts("callers"),
        history=tuple(told.anything("history") or ()),
        sticky_header=sticky.optional_text("header"),
    )


def _arm(told: Fields) -> Arm:
    return Arm(
        version=told.text("version"),
        percent=told.optional_number("percent") or 0,
        state=told.text("state"),
        state_message=told.optional_text("stateMessage") or "",
        replicas=told.optional_whole("replicas") or 0,
        ready_replicas=told.optional_whole("readyReplicas") or 0,
        requests=told.optional_whole("requests") or 0,
        error_rate=told.optional_number("errorRate"),
        p50_millis=told.optional_number("p50Millis"),
        p99_millis=told.optional_number("p99Millis"),
    )
