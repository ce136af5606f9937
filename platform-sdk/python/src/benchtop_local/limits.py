"""Keeps a server within its memory and its number of processes, as well as the machine lets us.

Where a control group can be made, the kernel keeps the limit. Elsewhere the keeper looks every
two seconds and ends the biggest offender: that is a guard against accidents, not against
somebody who tries. ``server.json`` says which it is for each of the two.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchtop_local.cgroups import ControlGroup, make_control_group
from benchtop_local.launch import Launch
from benchtop_local.processes import Process, all_processes, descendants, kill_all, proportional_bytes

_MEBIBYTE = 1024 * 1024


@dataclass
class Limits:
    """The limits of one server.

    Attributes:
        keeper: pid below which everything belongs to the server.
        group: the control group, which keeps what it can keep.
        server_killed: whether the server itself had to be ended for its memory.
    """

    keeper: int
    memory_bytes: int | None
    processes: int | None
    group: ControlGroup | None
    server_killed: bool = field(default=False)

    def describe(self) -> dict[str, str]:
        """How each limit is kept: ``cgroup``, ``watched`` or ``none``; for server.json."""
        kinds = {
            "memory": self._kind("memory", self.memory_bytes),
            "processes": self._kind("processes", self.processes),
        }
        if self.group is not None and self.group.accounting is not None:
            kinds["cgroup"] = str(self.group.accounting)
        return kinds

    def enter(self) -> None:
        """Called in the new process before its program is loaded."""
        if self.group is not None:
            self.group.enter(os.getpid())

    def oom_killed(self) -> bool:
        """Whether memory was the end of the server itself."""
        return self.server_killed or (self.group is not None and self.group.oom_kills() > 0)

    def watch(self, server: int, say: Callable[[str], None]) -> None:
        """Looks once, and ends what is over a limit that nobody else keeps.

        Args:
            server: pid of JupyterLab.
            say: writes a sentence into the server's log.
        """
        kinds = self.describe()
        if "watched" not in kinds.values():
            return
        below = descendants(self.keeper, all_processes())
        if kinds["memory"] == "watched":
            self._watch_memory(below, server, say)
        if kinds["processes"] == "watched":
            self._watch_processes(below, server, say)

    def close(self) -> None:
        """Removes the control group, and whatever still lives in it."""
        if self.group is not None:
            self.group.remove()

    def _watch_memory(self, below: list[Process], server: int, say: Callable[[str], None]) -> None:
        limit = self.memory_bytes or 0
        if sum(process.resident_bytes for process in below) <= limit:
            return
        # Shared pages were counted once for each user: ask again, exactly.
        used = {process: proportional_bytes(process) for process in below}
        total = sum(used.values())
        if total <= limit:
            return
        biggest = max(below, key=lambda process: used[process])
        self.server_killed = self.server_killed or biggest.pid == server
        say(
            f"ended process {biggest.pid} ({biggest.name}, {used[biggest] // _MEBIBYTE} MiB): "
            f"the workspace used {total // _MEBIBYTE} of its {limit // _MEBIBYTE} MiB of memory"
        )
        kill_all([biggest])

    def _watch_processes(self, below: list[Process], server: int, say: Callable[[str], None]) -> None:
        limit = self.processes or 0
        if len(below) <= limit:
            return
        branch = max(_branches(below, server), key=len, default=[])
        say(
            f"ended {len(branch)} processes below {branch[0].name if branch else 'nobody'}: "
            f"the workspace had {len(below)} of its {limit} processes"
        )
        # Stopped first, so that none makes another while its siblings end.
        for process in branch:
            try:
                os.kill(process.pid, signal.SIGSTOP)
            except OSError:
                continue
        kill_all(branch)

    def _watched(self, resource: str) -> bool:
        return self.group is None or resource not in self.group.keeps

    def _kind(self, resource: str, limit: int | None) -> str:
        if limit is None:
            return "none"
        if not self._watched(resource):
            return "cgroup"
        return "watched" if Path("/proc/self").is_dir() else "none"


def choose_limits(launch: Launch) -> Limits:
    """Sets the limits of a launch in the strongest way this machine offers."""
    name = f"benchtop-{launch.workspace}"
    group = make_control_group(name, launch.memory_bytes, launch.processes)
    return Limits(os.getpid(), launch.memory_bytes, launch.processes, group)


def _branches(below: list[Process], server: int) -> list[list[Process]]:
    """Each kernel, terminal or orphan of the server with all that it started."""
    keepers_children = {os.getpid(), server}
    heads = [p for p in below if p.parent in keepers_children and p.pid != server]
    return [[head, *descendants(head.pid, below)] for head in heads]
