"""Where a server keeps its files: in the home, or what the home cannot take, in the pod.

A person whose home is full can only free space with a server that runs. So a home that cannot be
written is no reason to end: JupyterLab's own files and the packages then go to a folder of the pod.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchtop_local.failure import StartFailed
from benchtop_local.home import make_home
from benchtop_local.overlay import make_overlay


@dataclass(frozen=True)
class Storage:
    """The folders that a server uses.

    Attributes:
        overlay: the workspace's Python environment, or None where none can be made.
        rescue: folder of the pod that takes what the home cannot, or None when all is well.
    """

    overlay: Path | None
    rescue: Path | None


def prepare_storage(
    home: Path, slug: str, pod: Path, python: Path, template: Path, say: Callable[[str], None]
) -> Storage:
    """Makes home and overlay ready, as well as the home allows.

    Args:
        home: the person's files.
        slug: the workspace's; several workspaces may share a home.
        pod: folder that lasts as long as the pod.
        python: the image's interpreter.
        template: the demos for a new home.
        say: takes a line for the log.

    Raises:
        StartFailed: the home cannot even be read.
    """
    if not _can_be_read(home):
        raise StartFailed("HOME_UNUSABLE", f"The home folder {home} cannot be read by user {os.getuid()}.")
    kept, temporary = home / ".benchtop" / slug / "env", pod / "env"
    try:
        make_home(home, template)
        rescue = None
    except StartFailed as failure:
        say(f"{failure.sentence} Until then the server keeps its settings in the pod, where they end with it.")
        rescue = pod
    # An overlay that is whole needs no writing: in a full home what was installed before can still be used.
    return Storage(_make_overlay(kept, temporary, python, say), rescue)


def _can_be_read(home: Path) -> bool:
    return home.is_dir() and os.access(home, os.R_OK | os.X_OK)


def _make_overlay(kept: Path, temporary: Path, python: Path, say: Callable[[str], None]) -> Path | None:
    try:
        make_overlay(kept, python)
        return kept
    except StartFailed as failure:
        say(failure.sentence)
    try:
        make_overlay(temporary, python)
        say("Packages that are installed now end with the pod.")
        return temporary
    except StartFailed as failure:
        say(f"{failure.sentence} Notebooks use the image's own Python, so no packages can be installed.")
    return None
