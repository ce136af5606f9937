"""Registered models by name: what there is of each, and which version an alias means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from benchtop.client import Client
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.models.version import ModelVersion
from benchtop.rendering import Shown, instant_in_words

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


class RegisteredModel(Shown):
    """A model as it was when it was asked for.

    Attributes:
        name: unique, whatever its case.
        owner: name of the user it belongs to.
        description: free text.
        readers: names of users who may read it, ``*`` for everybody.
        publishers: names of users who may publish beside the owner.
        approval_required: whether a second person approves a version before an alias may mean it.
        aliases: the version of each.
        latest: the newest version that is ready; None before the first.
    """

    def __init__(self, client: Client, told: Fields) -> None:
        self.name = told.text("name")
        self.owner = told.text("owner")
        self.description = told.optional_text("description") or ""
        self.readers = told.texts("readers")
        self.publishers = told.texts("publishers")
        self.approval_required = bool(told.anything("approvalRequired"))
        self.aliases = told.words("aliases")
        self.changed_at = told.instant("changedAt")
        newest = told.anything("latest")
        self.latest = None if newest is None else ModelVersion.read(client, Fields(newest, "version"))
        self._client = client

    def versions(self) -> list[ModelVersion]:
        """All versions, newest first."""
        answer = Fields(self._client.get(f"{path_of(self.name)}/versions"), "versions")
        return [ModelVersion.read(self._client, each) for each in answer.objects("versions")]

    def version(self, version: str) -> ModelVersion:
        """One version, by its number such as ``0.0.2`` or by an alias.

        Raises:
            BenchtopError: ``not_found``.
        """
        return version_of(self._client, self.name, version)

    def alias(self, alias: str) -> ModelVersion:
        """The version that an alias means.

        Raises:
            BenchtopError: ``not_found``.
        """
        return self.version(alias)

    def set_alias(self, alias: str, version: str | ModelVersion) -> RegisteredModel:
        """Lets an alias mean a version, whatever it meant before.

        Returns:
            the model as it is now.

        Raises:
            BenchtopError: what the service says, as where the version is not ready or not approved.
        """
        body = {"version": _text_of(version)}
        self._client.change("PUT", f"{path_of(self.name)}/aliases/{quote(alias, safe='')}", body)
        return self.now()

    def remove_alias(self, alias: str) -> RegisteredModel:
        """Lets an alias mean nothing any more; returns the model as it is now."""
        self._client.change("DELETE", f"{path_of(self.name)}/aliases/{quote(alias, safe='')}")
        return self.now()

    def approve(self, version: str | ModelVersion, comment: str = "") -> ModelVersion:
        """Approves a version that somebody else published."""
        return self.version(_text_of(version)).approve(comment)

    def reject(self, version: str | ModelVersion, comment: str) -> ModelVersion:
        """Rejects a version, and says why."""
        return self.version(_text_of(version)).reject(comment)

    def delete(self) -> None:
        """Deletes the model with all its versions.

        Raises:
            BenchtopError: what the service says, as where an endpoint serves it.
        """
        self._client.change("DELETE", path_of(self.name))

    def now(self) -> RegisteredModel:
        """Asks for it anew."""
        return RegisteredModel(self._client, Fields(self._client.get(path_of(self.name)), "model"))

    def shown(self) -> dict[str, str]:
        return {
            "name": self.name,
            **({"description": self.description} if self.description else {}),
            "owner": self.owner,
            "latest": self.latest.version if self.latest else "none",
            **(
                {"aliases": ", ".join(f"{alias} is {of}" for alias, of in self.aliases.items())} if self.aliases else {}
            ),
            "changed": instant_in_words(self.changed_at),
        }


def all_models(client: Client, text: str = "") -> list[RegisteredModel]:
    """Those that the caller may read and whose name or description has a text, by name."""
    query = f"?text={quote(text, safe='')}" if text else ""
    answer = Fields(client.get(f"/api/v1/models{query}"), "models")
    return [RegisteredModel(client, each) for each in answer.objects("models")]


def model_of(client: Client, name: str) -> RegisteredModel:
    """One by name."""
    return RegisteredModel(client, Fields(client.get(path_of(name)), "model"))


def version_of(client: Client, name: str, version: str) -> ModelVersion:
    """One version by number or alias."""
    answer = client.get(f"{path_of(name)}/versions/{quote(version, safe='')}")
    return ModelVersion.read(client, Fields(answer, "version"))


def open_to(client: Client, name: str, readers: Iterable[str]) -> None:
    """Makes the model where it is not there, and names those who may read it.

    Looks first: a workspace's token may make a model but not change it, and the same call is made again and again.

    Raises:
        BenchtopError: ``forbidden`` where others may read it and this may not be changed here.
    """
    named: Mapping[str, Any] = {"readers": list(readers)}
    try:
        before = model_of(client, name)
    except BenchtopError as missing:
        if missing.code != "not_found":
            raise
        client.post("/api/v1/models", {"name": name, **named})
        return
    if set(before.readers) == set(named["readers"]):
        return
    try:
        client.change("PATCH", path_of(name), named)
    except BenchtopError as refused:
        if refused.code != "forbidden":
            raise
        raise BenchtopError(
            "forbidden",
            f"A workspace may not change who reads a model, and {name} may be read by "
            f"{', '.join(before.readers) or 'its owner alone'}; nothing was published. Its owner changes that on the "
            "model's page or with an API token of their own; or publish without readers to leave it.",
        ) from None


def path_of(name: str) -> str:
    """Where a model is asked for.

    Raises:
        BenchtopError: ``bad_name``.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name) or ".." in name:
        raise BenchtopError(
            "bad_name",
            f"{name!r} is no name of a model: letters, digits, '.', '_' and '-', such as orders-risk; 63 at most.",
        )
    return f"/api/v1/models/{name}"


def _text_of(version: str | ModelVersion) -> str:
    return version.version if isinstance(version, ModelVersion) else version
