"""Control groups, version 2 and version 1, wherever this person may make one."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

_V2_CONTROLLERS = {"memory": "memory", "processes": "pids"}


@dataclass(frozen=True)
class ControlGroup:
    """A server's own control group; in version 1 one folder for each resource.

    Attributes:
        folders: where processes are entered.
        keeps: which of ``memory`` and ``processes`` the kernel keeps through it.
        accounting: folder whose ``memory.current`` tells the memory in use (version 2 only).
    """

    folders: tuple[Path, ...]
    keeps: frozenset[str]
    accounting: Path | None

    def enter(self, pid: int) -> None:
        """Puts a process, and all that it will start, into the group."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(pid))

    def oom_kills(self) -> int:
        """How many processes the kernel has ended in this group for want of memory."""
        return sum(
            _counter(folder / name, "oom_kill")
            for folder in self.folders
            for name in ("memory.events", "memory.oom_control")
        )

    def remove(self) -> None:
        """Ends whatever is left in the group and removes it."""
        for folder in self.folders:
            _remove(folder)


def make_control_group(name: str, memory_bytes: int | None, processes: int | None) -> ControlGroup | None:
    """Makes a group with these limits.

    A group of that name left over from a keeper that was killed is emptied first.

    Returns:
        the group, or None where nothing can be kept that way.
    """
    limits = {"memory": memory_bytes, "processes": processes}
    wanted = {resource: limit for resource, limit in limits.items() if limit is not None}
    if not wanted:
        return None
    memberships = _memberships()
    return _make_v2(name, wanted, memberships) or _make_v1(name, wanted, memberships)


def _make_v2(name: str, wanted: dict[str, int], memberships: dict[str, Path]) -> ControlGroup | None:
    own = memberships.get("")
    if own is None:
        return None
    controllers = {_V2_CONTROLLERS[resource] for resource in wanted}
    # Our own group holds processes, so it cannot hand on controllers; its parent often can
    # (a desktop session: app.slice). Never further up: that would leave the session's limits.
    for parent in (own, own.parent):
        if not _hands_on(parent, controllers):
            continue
        folder = parent / name
        with contextlib.suppress(OSError):
            _renew(folder)
            _limit_v2(folder, wanted)
            # Only a try tells whether a process may be moved here from where we are.
            _can_be_entered(folder)
            return ControlGroup((folder,), frozenset(wanted), folder)
    return None


def _limit_v2(folder: Path, wanted: dict[str, int]) -> None:
    if "memory" in wanted:
        (folder / "memory.max").write_text(str(wanted["memory"]))
        with contextlib.suppress(OSError):
            (folder / "memory.swap.max").write_text("0")
    if "processes" in wanted:
        (folder / "pids.max").write_text(str(wanted["processes"]))


def _make_v1(name: str, wanted: dict[str, int], memberships: dict[str, Path]) -> ControlGroup | None:
    files = {"memory": ("memory", "memory.limit_in_bytes"), "processes": ("pids", "pids.max")}
    folders, keeps = [], set()
    for resource, limit in wanted.items():
        controller, file = files[resource]
        if controller not in memberships:
            continue
        folder = memberships[controller] / name
        with contextlib.suppress(OSError):
            _renew(folder)
            (folder / file).write_text(str(limit))
            if resource == "memory":
                with contextlib.suppress(OSError):
                    (folder / "memory.memsw.limit_in_bytes").write_text(str(limit))
            _can_be_entered(folder)
            folders.append(folder)
            keeps.add(resource)
    return ControlGroup(tuple(folders), frozenset(keeps), None) if folders else None


def _hands_on(parent: Path, controllers: set[str]) -> bool:
    control = parent / "cgroup.subtree_control"
    if not os.access(parent, os.W_OK) or not os.access(control, os.W_OK):
        return False
    with contextlib.suppress(OSError):
        if not controllers <= set(control.read_text().split()):
            control.write_text(" ".join(f"+{controller}" for controller in sorted(controllers)))
        return True
    return False


def _can_be_entered(folder: Path) -> None:
    child = os.fork()
    if child == 0:
        try:
            (folder / "cgroup.procs").write_text(str(os.getpid()))
            os._exit(0)
        except OSError:
            os._exit(1)
    if os.waitpid(child, 0)[1] != 0:
        with contextlib.suppress(OSError):
            folder.rmdir()
        raise PermissionError(f"{folder} cannot be entered")


def _memberships() -> dict[str, Path]:
    """Folder of this process's group by controller; version 2 has the empty name."""
    mounts = _mounts()
    found: dict[str, Path] = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            for controller in controllers.split(","):
                if controller in mounts:
                    found[controller] = mounts[controller] / path.lstrip("/")
    return {name: folder for name, folder in found.items() if folder.is_dir()}


def _mounts() -> dict[str, Path]:
    mounts: dict[str, Path] = {}
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mounts").read_text().splitlines():
            _, where, kind, options, *_ = line.split()
            if kind == "cgroup2":
                mounts[""] = Path(where)
            elif kind == "cgroup":
                mounts.update({option: Path(where) for option in options.split(",")})
    return mounts


def _renew(folder: Path) -> None:
    if folder.exists():
        _remove(folder)
    folder.mkdir()


def _remove(folder: Path) -> None:
    # The kernel needs a moment to take ended processes out; until then it refuses to remove.
    for _ in range(100):
        _end_members(folder)
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return


def _end_members(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for pid in (folder / "cgroup.procs").read_text().split():
            with contextlib.suppress(OSError):
                os.kill(int(pid), signal.SIGKILL)


def _counter(file: Path, name: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        for line in file.read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == name:
                return int(value)
    return 0
