"""An endpoint: what serves behind an address, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchtop.client import Client
from benchtop.durations import seconds_of
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.models.registry import model_of
from benchtop.models.version import ModelVersion
from benchtop.rendering import Shown, instant_in_words
from benchtop.serving import trial as trials
from benchtop.serving import wire
from benchtop.serving.snippets import snippets
from benchtop.serving.state import State
from benchtop.serving.strategies import Strategy
from benchtop.serving.trial import Reported, Trial

if TYPE_CHECKING:
    from benchtop.serving.inference import InferenceClient

_PAUSES = (0.5, 1.0, 2.0)


@dataclass(frozen=True, repr=False)
class EndpointToken(Shown):
    """A token that opens one endpoint and nothing else.

    Attributes:
        token: the secret; it is told once. Not part of what is shown.
        client: what requests with it are counted under.
        expires_at: when it ends, or None.
    """

    token: str = field(repr=False)
    client: str
    expires_at: datetime | None

    def shown(self) -> dict[str, str]:
        until = instant_in_words(self.expires_at) if self.expires_at else "never"
        return {"client": self.client, "expires": until, "token": "in .token, told only this time"}


class Endpoint(Shown):
    """An endpoint. What it tells is of when it was last asked for; ``status()`` asks anew.

    Attributes:
        name: as in its address.
        state: what it was like then.
    """

    def __init__(self, client: Client, state: State) -> None:
        self.name = state.name
        self.state = state
        self._client = client

    def status(self) -> State:
        """Asks what it is like now."""
        self.state = wire.state(self._client.get(wire.path_of(self.name)))
        return self.state

    def wait(self, timeout: str | float = "15m") -> Endpoint:
        """Waits until the last promotion is through: every version that gets requests can answer, and whoever asks from
        then on is answered as it says.

        Args:
            timeout: seconds, or such as ``"2h"``: the steps of a ``Canary`` take as long as they were told to.

        Raises:
            BenchtopError: ``rolled_back`` with the reason, unless somebody wanted it back; ``still_progressing`` where
                the time was not enough: the promotion goes on.
        """
        most, waited, tries = seconds_of(timeout), 0.0, 0
        while not self.status().settled:
            if waited >= most:
                raise BenchtopError(
                    "still_progressing",
                    f"{self.name} is still {self._words()}. Ask again: bt.endpoint({self.name!r}).wait()",
                )
            pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
            self._client.wait(pause)
            waited, tries = waited + pause, tries + 1
        rollout = self.state.rollout
        if rollout.phase == "ROLLED_BACK" and rollout.code != "ASKED":
            raise BenchtopError("rolled_back", f"The promotion of {self.name} has ended as {self._words()}.")
        return self

    def rollback(self, reason: str) -> Endpoint:
        """Gives all requests to the version before.

        Args:
            reason: why; others will see it.

        Raises:
            BenchtopError: ``reason_missing``, or what the service says.
        """
        if not isinstance(reason, str) or not reason.strip():
            raise BenchtopError("reason_missing", 'Give a reason, such as rollback("too many late orders").')
        answer = self._client.post(f"{wire.path_of(self.name)}:rollback", {"reason": reason.strip()})
        return Endpoint(self._client, wire.state(answer))

    def delete(self) -> None:
        """Ends it: its address answers no more, its versions stay."""
        self._client.change("DELETE", wire.path_of(self.name))

    def client(self, timeout: str | float = 30) -> InferenceClient:
        """A client that asks it in the name of the workspace's owner.

        Args:
            timeout: how long one answer may take: seconds, or such as ``"30s"``.
        """
        from benchtop.data.needs import need

        need("numpy", "ask an endpoint")
        from benchtop.serving.inference import InferenceClient

        return InferenceClient(self._client, self.state, seconds_of(timeout))

    def token(self, client: str, expires: str | timedelta = "30d") -> EndpointToken:
        """Makes a token for a program outside.

        Args:
            client: what its requests are counted under, such as ``"shop"``.
            expires: how long it is valid, such as ``"30d"``; 90 days at most.
        """
        asked = {"client": client, "expiresIn": f"PT{round(seconds_of(expires))}S"}
        told = Fields(self._client.post(f"{wire.path_of(self.name)}/tokens", asked), "token")
        return EndpointToken(
            told.text("token"), told.optional_text("name") or client, told.optional_instant("expiresAt")
        )

    def begin_trial(
        self,
        candidate: str | ModelVersion,
        *,
        baseline: float,
        minimal_effect: float,
        control: str | ModelVersion | None = None,
        sticky: str | None = None,
        metric: str = "conversion",
        alpha: float = 0.05,
        power: float = 0.8,
        stopping: str = "at-horizon",
        candidate_percent: float = 50,
        switch_above: float | None = None,
    ) -> Trial:
        """Begins an A/B test: splits the requests, and counts once both versions answer.

        Args:
            candidate: a version of the endpoint's model, or an alias.
            baseline: the control's conversion rate as far as is known, such as 0.05.
            minimal_effect: the smallest relative effect worth finding: 0.15 is from 5 % to 5.75 %.
            control: a version or an alias; the one with the largest share if None.
            sticky: what keeps a user with one version: ``"header:X-User-Id"`` or ``"cookie"``; as it is if None.
            metric: what a conversion is, for people.
            alpha: how often a difference may be found where there is none.
            power: how often the minimal effect is to be found.
            stopping: ``"at-horizon"`` decides once, with the fewest users; ``"always-valid"`` as soon as a difference
                is shown.
            candidate_percent: of the requests.
            switch_above: the candidate gets all requests by itself if its uplift is shown and above this, such as 0.15;
                never if None.
        """
        plan = {
            "control": _version_of(control),
            "baseline": baseline,
            "minimalEffect": minimal_effect,
            "metric": metric,
            "alpha": alpha,
            "power": power,
            "candidatePercent": candidate_percent,
            "switchAbove": switch_above,
        }
        return trials.begin(self._client, self.name, str(_version_of(candidate)), stopping, sticky, plan)

    def trial(self, number: int | None = None) -> Trial:
        """The newest trial as it is now, or another one by its number.

        Raises:
            BenchtopError: ``no_trial`` if there was none yet.
        """
        return trials.trial_of(self._client, self.name, number)

    def stop_trial(self) -> Trial:
        """Ends the trial that runs. Requests stay split until a version is promoted."""
        return trials.stop(self._client, self.name)

    def report(self, key: str, converted: bool, version: str | None = None) -> Reported:
        """Counts what one user did in the trial that runs. May be said again: a user counts once and stays converted.

        Args:
            key: who it was, as ``infer(sticky=…)`` said it.
            converted: whether the user did what the trial hopes for.
            version: which one answered; needed only where the endpoint has a sticky cookie and no header.
        """
        return self.report_all([(key, converted) if version is None else (key, converted, version)])

    def report_all(self, outcomes: Iterable[tuple[str, bool] | tuple[str, bool, str]]) -> Reported:
        """The same for many: pairs of key and converted, or with the version as a third."""
        return trials.report(self._client, self.name, outcomes)

    def snippets(self) -> dict[str, str]:
        """How to ask it from elsewhere: programs by language, with the token to be put in."""
        version = next((arm.version for arm in self.state.arms if arm.percent > 0), None)
        signature = model_of(self._client, self.state.model).version(version).signature if version else {}
        return snippets(self._client.address() + self.state.url, self.name, signature)

    def shown(self) -> dict[str, str]:
        return self.state.shown()

    def _words(self) -> str:
        rollout = self.state.rollout
        arms = "; ".join(f"{arm.version} is {arm.in_words()}" for arm in self.state.starting)
        said = rollout.message or arms
        if rollout.is_through and not self.state.starting and not self.state.in_force:
            said = "proxies are being told"
        return ": ".join(part for part in (rollout.phase, said) if part)


def _version_of(version: str | ModelVersion | None) -> str | None:
    """``0.0.2``, also of ``late@0.0.2``."""
    if isinstance(version, ModelVersion):
        return version.version
    return version if version is None else version.rpartition("@")[2]


def endpoints_of(client: Client) -> list[Endpoint]:
    """Those that the caller may see, by name."""
    answer = Fields(client.get(wire.ALL), "endpoints")
    return [Endpoint(client, wire.state(each)) for each in answer.anything("endpoints") or ()]


def endpoint_of(client: Client, name: str) -> Endpoint:
    """One by name."""
    return Endpoint(client, wire.state(client.get(wire.path_of(name))))


def promote(
    client: Client,
    version: ModelVersion | str,
    endpoint: str,
    strategy: Strategy | None = None,
    hardware: str | None = None,
) -> Endpoint:
    """See ``benchtop.promote``."""
    path = wire.path_of(endpoint)
    model, chosen = _chosen(client, version)
    answer: dict[str, Any] = client.post(f"{path}:promote", wire.promotion(model, chosen, strategy, hardware))
    return Endpoint(client, wire.state(answer))


def _chosen(client: Client, version: ModelVersion | str) -> tuple[str, str]:
    """``late@0.0.2``, ``late@champion``, or ``late`` for the newest version that is ready."""
    if isinstance(version, ModelVersion):
        return version.model, version.version
    name, _, wanted = version.partition("@")
    model = model_of(client, name)
    if wanted:
        return model.name, model.aliases.get(wanted, wanted)
    if model.latest is None:
        raise BenchtopError("no_version", f"{name} has no version that is ready: publish one with bt.publish(…).")
    return model.name, model.latest.version
