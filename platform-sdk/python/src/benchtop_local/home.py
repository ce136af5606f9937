"""A workspace's home folder: made once, greeted with demos once, and never touched again."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from benchtop_local.failure import StartFailed, disk_full, is_disk_full

_LEAST_FREE_BYTES = 20 * 1024 * 1024
_PROBE_BYTES = 4096


def make_home(home: Path, template: Path | None) -> None:
    """Makes sure that the home is there, can be written, and got its demos once.

    A person who deletes ``demos`` does not get it back: ``.benchtop/welcomed`` remembers.

    Raises:
        StartFailed: the home cannot be used, or its disk is full.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _try_to_write(home)
        _check_space(home)
        welcomed = home / ".benchtop" / "welcomed"
        if not welcomed.exists():
            if template is not None:
                _copy_demos(template, home / "demos")
            welcomed.parent.mkdir(mode=0o700, exist_ok=True)
            welcomed.touch()
    except (OSError, shutil.Error) as error:
        raise _unusable(home, error) from error


def _try_to_write(home: Path) -> None:
    # Over NFS a quota that is used up shows itself only when something is really stored.
    with tempfile.TemporaryFile(dir=home) as probe:
        probe.write(b"\0" * _PROBE_BYTES)
        probe.flush()
        os.fsync(probe.fileno())


def _copy_demos(template: Path, demos: Path) -> None:
    if demos.exists():
        return
    part = demos.with_name(".demos.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(template, part)
    part.rename(demos)


def _check_space(home: Path) -> None:
    disk = os.statvfs(home)
    if disk.f_bavail * disk.f_frsize < _LEAST_FREE_BYTES:
        raise disk_full(home)


def _unusable(home: Path, error: Exception) -> StartFailed:
    if is_disk_full(error):
        return disk_full(home)
    why = getattr(error, "strerror", None) or error
    return StartFailed(
        "HOME_UNUSABLE",
        f"The home folder {home} cannot be used: {why}. Make it a folder that {_user()} may write.",
    )


def _user() -> str:
    return os.environ.get("USER") or f"user {os.getuid()}"
