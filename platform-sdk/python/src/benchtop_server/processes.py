"""Counts a process's children, so that a job in a terminal is seen."""

from __future__ import annotations

from pathlib import Path


def child_count(pid: int) -> int | None:
    """Counts the direct children of a process.

    Args:
        pid: the process, for a terminal its shell.

    Returns:
        the number, or None where the system does not tell (no ``/proc``).
    """
    if not Path("/proc/self/stat").exists():
        return None
    return sum(_parent(stat) == pid for stat in Path("/proc").glob("[0-9]*/stat"))


def _parent(stat: Path) -> int | None:
    try:
        # "pid (name) state parent ...": the name may hold spaces and brackets, so from the last one.
        return int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None
