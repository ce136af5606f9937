"""The workspace a notebook runs in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchtop.client import Client
from benchtop.durations import to_iso
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.model import KeepAlive, Resources
from benchtop.rendering import Shown, instant_in_words


@dataclass(frozen=True, repr=False)
class Workspace(Shown):
    """A workspace as it was when it was asked for.

    Attributes:
        id: never changes; ``ws_`` and twelve characters.
        slug: its name in addresses.
        display_name: its name for people.
        owner: name of the user it belongs to.
        profile: slug of the profile it was started with.
        state: ``RUNNING`` and the like.
        url: where it opens in a browser.
        keep_alive_until: until when it is kept running, or None.
    """

    id: str
    slug: str
    display_name: str
    owner: str
    profile: str
    state: str
    url: str
    keep_alive_until: datetime | None
    _client: Client = field(compare=False)

    def resources(self) -> Resources:
        """Asks for the limits and for what is in use at this moment (bytes).

        Raises:
            BenchtopError: as ``benchtop.whoami``.
        """
        return Resources.read(self._client.get(_path(self.id)))

    def keep_alive(self, duration: str | timedelta, reason: str) -> KeepAlive:
        """Keeps this workspace running; see ``benchtop.keep_alive``."""
        return _keep_alive(self._client, self.id, duration, reason)

    def shown(self) -> dict[str, str]:
        kept = self.keep_alive_until
        return {
            "id": self.id,
            "slug": self.slug,
            "name": self.display_name,
            "owner": self.owner,
            "profile": self.profile,
            "state": self.state,
            "url": self.url,
            **({"kept until": instant_in_words(kept)} if kept else {}),
        }


def workspace_of(client: Client) -> Workspace:
    """Asks for the workspace a client runs in."""
    fields = Fields(client.get(_path(client.workspace_id())), "workspace")
    return Workspace(
        id=fields.text("id"),
        slug=fields.text("slug"),
        display_name=fields.text("displayName"),
        owner=fields.text("owner"),
        profile=fields.text("profile"),
        state=fields.object("state").text("code"),
        url=fields.text("url"),
        keep_alive_until=fields.optional_instant("keepAliveUntil"),
        _client=client,
    )


def keep_alive_of(client: Client, duration: str | timedelta, reason: str) -> KeepAlive:
    """Keeps the workspace a client runs in."""
    return _keep_alive(client, None, duration, reason)


def _keep_alive(client: Client, workspace: str | None, duration: str | timedelta, reason: str) -> KeepAlive:
    asked = to_iso(duration)
    if not isinstance(reason, str) or not reason.strip():
        raise BenchtopError(
            "reason_missing", 'Give a reason, such as keep_alive("2h", "training overnight"): others will see it.'
        )
    path = _path(workspace or client.workspace_id())
    return KeepAlive.read(client.post(f"{path}:keep-alive", {"duration": asked, "reason": reason.strip()}))


def _path(workspace: str) -> str:
    return f"/api/v1/workspaces/{workspace}"
