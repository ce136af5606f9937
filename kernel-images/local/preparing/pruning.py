"""Removes environments that nobody has used for two weeks: each takes a quarter of a gigabyte."""

from __future__ import annotations

import fcntl
import shutil
import time
from pathlib import Path

KEPT_SECONDS = 14 * 24 * 3600


def note_use(environment: Path) -> None:
    """Remembers that an environment is the one in use now."""
    (environment / ".prepared" / "used").touch()


def prune(environments: Path, servers: Path, current: Path, now: float | None = None) -> list[Path]:
    """Removes old environments; never the current one, nor one that a running server came from.

    Returns:
        those removed.
    """
    oldest = (time.time() if now is None else now) - KEPT_SECONDS
    in_use = _orders_of_running_servers(servers)
    removed = []
    for environment in environments.iterdir():
        used = environment / ".prepared" / "used"
        if environment == current or not used.exists() or used.stat().st_mtime > oldest:
            continue
        if any(str(environment) in order for order in in_use):
            continue
        shutil.rmtree(environment, ignore_errors=True)
        removed.append(environment)
    return removed


def _orders_of_running_servers(servers: Path) -> list[str]:
    return [
        order.read_text(encoding="utf-8", errors="replace")
        for order in servers.glob("*/launch.json")
        if _is_locked(order.with_name("lock"))
    ]


def _is_locked(lock: Path) -> bool:
    try:
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
