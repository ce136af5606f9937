"""One version of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from benchtop.client import Client
from benchtop.durations import seconds_of
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.rendering import Shown, bytes_in_words, instant_in_words

_PAUSES = (0.2, 0.3, 0.5, 1.0)
_UNDER_WAY = ("UPLOADING", "CHECKING")


@dataclass(frozen=True, repr=False)
class ModelVersion(Shown):
    """A version as it was when it was asked for. Its files never change.

    Attributes:
        model: the model's name.
        version: such as ``0.0.2``.
        number: counts from 1, as MLflow knows it.
        state: ``UPLOADING``, ``CHECKING``, ``READY``, ``REFUSED`` or ``DELETED``.
        state_message: why it is in this state and what to do; empty where there is nothing to say.
        format: ``onnx``, ``torchscript`` or ``python``.
        servable: whether an endpoint can serve it.
        files: size in bytes by path.
        signature: inputs and outputs in the words of the Open Inference Protocol; empty if nobody told them.
        metrics: such as ``{"auc": 0.91}``.
        run_id: the run that made it, or None.
        datasets: what it was made from; the number of a version may be None.
        check: what the check before publication found; empty before it.
        approval: ``NOT_NEEDED``, ``PENDING``, ``APPROVED`` or ``REJECTED``.
        aliases: that mean this version.
    """

    model: str
    version: str
    number: int
    state: str
    state_code: str | None
    state_message: str
    format: str
    servable: bool
    files: Mapping[str, int]
    signature: Mapping[str, Any]
    description: str
    metrics: Mapping[str, float]
    run_id: str | None
    datasets: Mapping[str, int | None]
    created_by: str
    created_at: datetime
    check: Mapping[str, Any]
    approval: str
    aliases: tuple[str, ...]
    _client: Client = field(compare=False)

    @staticmethod
    def read(client: Client, told: Fields) -> ModelVersion:
        """Reads a version as the service tells it."""
        return ModelVersion(
            model=told.text("model"),
            version=told.text("version"),
            number=told.whole("number"),
            state=told.text("state"),
            state_code=told.optional_text("stateCode"),
            state_message=told.optional_text("stateMessage") or "",
            format=told.text("format"),
            servable=bool(told.anything("servable")),
            files={each.text("path"): each.whole("size") for each in told.objects("files")},
            signature=told.anything("signature") or {},
            description=told.optional_text("description") or "",
            metrics=told.anything("metrics") or {},
            run_id=told.optional_text("runId"),
            datasets={each.text("name"): each.optional_whole("version") for each in told.objects("datasets")},
            created_by=told.text("createdBy"),
            created_at=told.instant("createdAt"),
            check=told.anything("check") or {},
            approval=told.optional_text("approval") or "NOT_NEEDED",
            aliases=told.texts("aliases"),
            _client=client,
        )

    def now(self) -> ModelVersion:
        """Asks for it anew."""
        return ModelVersion.read(self._client, Fields(self._client.get(self._path), "version"))

    def wait(self, timeout: str | float = "10m") -> ModelVersion:
        """Waits until it has been checked.

        Args:
            timeout: seconds, or such as ``"10m"``.

        Returns:
            the version as it is then: ``READY``.

        Raises:
            BenchtopError: with the code and sentence of the check where it was refused; ``still_checking`` where the
                time was not enough: the check goes on.
        """
        most, waited, tries, version = seconds_of(timeout), 0.0, 0, self
        while version.state in _UNDER_WAY:
            if waited >= most:
                raise BenchtopError(
                    "still_checking",
                    f"{self.model} {self.version} is still being checked. Ask again: bt.model({self.model!r})"
                    f".version({self.version!r}).wait()",
                )
            pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
            self._client.wait(pause)
            waited, tries, version = waited + pause, tries + 1, version.now()
        if version.state != "READY":
            said = version.state_message or "It gives no reason."
            raise BenchtopError(
                version.state_code or version.state.lower(),
                f"{self.model} {self.version} is not ready but {version.state}: {said}",
            )
        return version

    @property
    def manifest(self) -> dict[str, Any]:
        """What the version is made of and from, as it is stored with its files."""
        return self._client.get(f"{self._path}/manifest.json")

    def read_file(self, path: str) -> bytes:
        """One of its files.

        Raises:
            BenchtopError: ``not_found``, ``service_unreachable``.
        """
        from benchtop.models.upload import download

        return download(self._client, f"{self._path}/files/{quote(path, safe='/')}", path)

    def describe(self, description: str) -> ModelVersion:
        """Changes the description."""
        return self._changed("PATCH", self._path, {"description": description})

    def approve(self, comment: str = "") -> ModelVersion:
        """Approves it; somebody else than who published it may."""
        return self._changed("POST", f"{self._path}:approve", {"comment": comment})

    def reject(self, comment: str) -> ModelVersion:
        """Rejects it, and says why."""
        return self._changed("POST", f"{self._path}:reject", {"comment": comment})

    def delete(self) -> None:
        """Deletes its files; its number is not given again.

        Raises:
            BenchtopError: what the service says, as where an alias or an endpoint uses it.
        """
        self._client.change("DELETE", self._path)

    def shown(self) -> dict[str, str]:
        size = bytes_in_words(sum(self.files.values()))
        micros = (self.check.get("inferMicros") or {}).get("p50")
        return {
            "model": self.model,
            "version": self.version,
            "state": f"{self.state}: {self.state_message}" if self.state_message else self.state,
            "format": f"{self.format}, {size}" if size else self.format,
            **(
                {"inputs": _specs(self.signature, "inputs"), "outputs": _specs(self.signature, "outputs")}
                if self.signature
                else {}
            ),
            **({"checked": f"{micros / 1000:.2f} ms for the sample"} if isinstance(micros, (int, float)) else {}),
            **(
                {"metrics": ", ".join(f"{name}: {value:g}" for name, value in self.metrics.items())}
                if self.metrics
                else {}
            ),
            **({"run": self.run_id} if self.run_id else {}),
            **({"made from": ", ".join(_dataset(*each) for each in self.datasets.items())} if self.datasets else {}),
            **({"approval": self.approval} if self.approval != "NOT_NEEDED" else {}),
            **({"aliases": ", ".join(self.aliases)} if self.aliases else {}),
            **({"description": self.description} if self.description else {}),
            "created": f"{instant_in_words(self.created_at)} by {self.created_by}",
        }

    @property
    def _path(self) -> str:
        return f"/api/v1/models/{self.model}/versions/{self.version}"

    def _changed(self, method: str, path: str, body: dict[str, Any]) -> ModelVersion:
        self._client.change(method, path, body)
        return self.now()


def _specs(signature: Mapping[str, Any], side: str) -> str:
    return ", ".join(f"{each['name']} {each['datatype']}{each['shape']}" for each in signature.get(side, ()))


def _dataset(name: str, version: int | None) -> str:
    return name if version is None else f"{name} version {version}"
