"""Which processes live below another one, how much memory they use, and how to end them all."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One line of ``/proc/<pid>/stat``.

    Attributes:
        start_ticks: when it started, in clock ticks since the machine did; with the pid it
            names a process for ever, as pids are used again.
        resident_bytes: memory it has in use, pages shared with others included.
    """

    pid: int
    parent: int
    name: str
    start_ticks: int
    resident_bytes: int


def read_process(pid: int) -> Process | None:
    """Reads one process, or None when it is gone (or already only a zombie)."""
    try:
        text = (_PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    # The name stands in brackets and may itself hold brackets: split at the last one.
    head, _, tail = text.rpartition(")")
    fields = tail.split()
    if not fields or fields[0] in "ZX":
        return None
    name = head.partition("(")[2]
    return Process(pid, int(fields[1]), name, int(fields[19]), int(fields[21]) * _PAGE)


def all_processes() -> list[Process]:
    """Every process this one may see; empty where there is no ``/proc``."""
    pids = (int(entry) for entry in _entries() if entry.isdigit())
    return [process for pid in pids if (process := read_process(pid))]


def descendants(root: int, processes: Iterable[Process] | None = None) -> list[Process]:
    """All processes below a process, nearest first."""
    children: dict[int, list[Process]] = {}
    for process in all_processes() if processes is None else processes:
        children.setdefault(process.parent, []).append(process)
    found: list[Process] = []
    waiting = [root]
    while waiting:
        below = children.get(waiting.pop(0), [])
        found += below
        waiting += [process.pid for process in below]
    return found


def proportional_bytes(process: Process) -> int:
    """Memory of one process with shared pages divided among their users; costs more to ask."""
    try:
        lines = (_PROC / str(process.pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return process.resident_bytes
    sizes = [int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")]
    return sizes[0] if sizes else process.resident_bytes


def strays(marks: Mapping[str, str]) -> list[Process]:
    """Processes whose environment carries all these marks, the keeper and its guard left out."""
    wanted = {f"{name}={value}".encode() for name, value in marks.items()}
    ours = (os.getpid(), os.getppid())
    return [p for p in all_processes() if p.pid not in ours and wanted <= _environment(p.pid)]


def kill_all(victims: Iterable[Process]) -> None:
    """Ends processes for good; those that are gone or not ours are passed over."""
    for process in victims:
        with contextlib.suppress(OSError):
            os.kill(process.pid, signal.SIGKILL)


def kill_below(root: int, patience: float = 5.0) -> int:
    """Ends everything below a process and buries what became its child.

    Args:
        root: the process, which must have adopted its orphans and be the caller.
        patience: seconds after which processes the kernel cannot end are left to it.

    Returns:
        how many there were.
    """
    killed: set[int] = set()
    deadline = time.monotonic() + patience
    while (alive := descendants(root)) and time.monotonic() < deadline:
        kill_all(alive)
        killed.update(process.pid for process in alive)
        bury()
        time.sleep(0.01)
    bury()
    return len(killed)


def bury() -> None:
    """Takes leave of every child that has ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _entries() -> list[str]:
    try:
        return os.listdir(_PROC)
    except OSError:
        return []


def _environment(pid: int) -> set[bytes]:
    try:
        return set((_PROC / str(pid) / "environ").read_bytes().split(b"\0"))
    except OSError:
        return set()
