"""Benchtop from inside a notebook: who am I, where am I, how much do I have, keep me running.

    import benchtop as bt

    bt.whoami()                                  # User(name: alice, ...)
    bt.workspace()                               # Workspace(id: ws_…, slug: exp, ...)
    bt.workspace().resources()                   # Resources(cpus: 2, memory: 300 MiB of 2.0 GiB, ...)
    bt.keep_alive("2h", "training overnight")    # KeepAlive(until: ..., reason: ...)

Nothing is asked of the service before the first call. Every failure is a ``BenchtopError`` with a
code for programs and a sentence for people. Standard library only; threads may share it.
"""

from __future__ import annotations

from datetime import timedelta

from benchtop.client import Client
from benchtop.errors import BenchtopError
from benchtop.model import KeepAlive, Resources, User
from benchtop.workspaces import Workspace, keep_alive_of, workspace_of

__all__ = [
    "BenchtopError",
    "KeepAlive",
    "Resources",
    "User",
    "Workspace",
    "keep_alive",
    "whoami",
    "workspace",
]

_client = Client()


def whoami() -> User:
    """Tells who the service takes this notebook for.

    Returns:
        the user: name, display name and role.

    Raises:
        BenchtopError: ``not_in_workspace`` outside a workspace, ``service_unreachable``, or
            what the service answers, such as ``unauthenticated``.
    """
    return User.read(_client.get("/api/v1/me"))


def workspace() -> Workspace:
    """Tells which workspace this notebook runs in.

    Returns:
        the workspace as the service knows it at this moment.

    Raises:
        BenchtopError: as ``whoami``.
    """
    return workspace_of(_client)


def keep_alive(duration: str | timedelta, reason: str) -> KeepAlive:
    """Keeps this workspace running even when it looks idle.

    Args:
        duration: from now on: ``"90s"``, ``"30m"``, ``"2h"``, ``"1d"``, ``"1h30m"``, ISO-8601
            (``"PT2H"``) or a ``timedelta``; whole seconds.
        reason: why, for whoever looks after the machine; not empty.

    Returns:
        until when it is kept. A later call replaces an earlier one.

    Raises:
        BenchtopError: ``bad_duration`` or ``reason_missing`` before anything is sent, the
            service's own refusal (``keep_alive_too_long``), or as ``whoami``.
    """
    return keep_alive_of(_client, duration, reason)
