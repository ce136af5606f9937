"""What the service tells, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benchtop.fields import Fields
from benchtop.rendering import Shown, bytes_in_words, instant_in_words


@dataclass(frozen=True, repr=False)
class User(Shown):
    """A person.

    Attributes:
        name: unique, as in addresses.
        display_name: as shown to others.
        role: ``admin``, ``developer`` or ``viewer``.
    """

    name: str
    display_name: str
    role: str

    @staticmethod
    def read(me: Mapping[str, Any]) -> User:
        """Reads the answer of ``GET /api/v1/me``."""
        user = Fields(me, "me").object("user")
        return User(user.text("name"), user.text("displayName"), user.text("role"))

    def shown(self) -> dict[str, str]:
        return {"name": self.name, "display name": self.display_name, "role": self.role}


@dataclass(frozen=True, repr=False)
class Resources(Shown):
    """What a workspace has and uses. None means: without a limit, or not known.

    Attributes:
        cpus: processors it may use.
        memory_limit_bytes: memory of all its processes together, in bytes.
        memory_used_bytes: how much of it is in use at this moment, in bytes.
        processes: how many processes it may have.
        memory_limit_kind: ``cgroup`` (kept by the kernel), ``watched`` (looked at every two
            seconds) or ``none``.
    """

    cpus: float | None
    memory_limit_bytes: int | None
    memory_used_bytes: int | None
    processes: int | None
    memory_limit_kind: str | None

    @staticmethod
    def read(workspace: Mapping[str, Any]) -> Resources:
        """Reads the answer of ``GET /api/v1/workspaces/{id}``."""
        fields = Fields(workspace, "workspace")
        limit, kept = fields.object("resources"), fields.optional_object("limits")
        return Resources(
            cpus=limit.optional_number("cpus"),
            memory_limit_bytes=limit.optional_whole("memoryBytes"),
            memory_used_bytes=fields.optional_whole("memoryBytes"),
            processes=limit.optional_whole("processes"),
            memory_limit_kind=kept.optional_text("memory"),
        )

    def shown(self) -> dict[str, str]:
        used, limit = bytes_in_words(self.memory_used_bytes), bytes_in_words(self.memory_limit_bytes)
        return {
            "cpus": "not limited" if self.cpus is None else f"{self.cpus:g}",
            "memory": f"{used or 'unknown'} of {limit}" if limit else f"{used or 'unknown'}, not limited",
            "processes": "not limited" if self.processes is None else f"up to {self.processes}",
        }


@dataclass(frozen=True, repr=False)
class KeepAlive(Shown):
    """A promise to keep a workspace running.

    Attributes:
        until: the instant it ends, with time zone.
        reason: what was given as the reason.
    """

    until: datetime
    reason: str

    @staticmethod
    def read(answer: Mapping[str, Any]) -> KeepAlive:
        """Reads the answer of ``POST …:keep-alive``."""
        fields = Fields(answer, "keepAlive")
        return KeepAlive(fields.instant("until"), fields.text("reason"))

    def shown(self) -> dict[str, str]:
        return {"until": instant_in_words(self.until), "reason": self.reason}
