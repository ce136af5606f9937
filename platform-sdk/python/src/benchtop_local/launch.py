"""The order to start a server: ``launch.json``, written by the service."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchtop_local.failure import StartFailed


@dataclass(frozen=True)
class Launch:
    """What to start, with exactly which environment, and within which limits.

    Attributes:
        directory: ``DATA/servers/<workspaceId>``, where the records of this server live.
        memory_bytes: limit of all its processes together, or None.
        processes: how many processes it may have, or None.
        overlay_python: the environment's interpreter over which the workspace gets a Python
            environment of its own, or None for no overlay.
        template: folder whose content a new home gets as ``demos``, or None.
        generation: counts the starts of this workspace; repeated in every record.
    """

    directory: Path
    workspace: str
    argv: tuple[str, ...]
    env: dict[str, str]
    cwd: Path
    home: Path
    memory_bytes: int | None
    processes: int | None
    overlay_python: Path | None
    template: Path | None
    generation: int


def read_launch(directory: Path) -> Launch:
    """Reads and checks ``launch.json``.

    Raises:
        StartFailed: the file is missing or not what the service writes.
    """
    path = directory / "launch.json"
    try:
        return _launch(directory, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StartFailed("ENVIRONMENT_BROKEN", f"{path} cannot be used: {error!r}") from error


def _launch(directory: Path, order: dict[str, Any]) -> Launch:
    overlay, template = order.get("overlay"), order.get("template")
    return Launch(
        directory=directory,
        workspace=_text(order["workspaceId"]),
        argv=tuple(_text(part) for part in _some(order["argv"])),
        env={_text(name): _text(value) for name, value in order["env"].items()},
        cwd=Path(_text(order["cwd"])),
        home=Path(_text(order["home"])),
        memory_bytes=_limit(order.get("memoryBytes")),
        processes=_limit(order.get("processes")),
        overlay_python=Path(_text(overlay["python"])) if overlay else None,
        template=Path(_text(template)) if template else None,
        generation=int(order["generation"]),
    )


def _some(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError("argv must be a list that is not empty")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(f"not a text: {value!r}")
    return value


def _limit(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int or value <= 0:
        raise ValueError(f"not a limit: {value!r}")
    return value
