"""The guard: takes the lock, makes the keeper, and cleans up if the keeper is killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import sys
from pathlib import Path

from benchtop_local.ending import Ending
from benchtop_local.failure import ALREADY_RUNNING, EXIT_STATUS, StartFailed, is_disk_full
from benchtop_local.keeper import Keeper
from benchtop_local.launch import Launch, read_launch
from benchtop_local.linux import adopt_orphans
from benchtop_local.log import CappedLog
from benchtop_local.processes import kill_all, kill_below, strays
from benchtop_local.records import ReservedRecord, write_record

_FIRST_INHERITED = 3


def main(arguments: list[str]) -> int:
    """Runs one server to its end.

    Returns:
        0 when it ran (``exit.json`` tells how it ended), 75 when one is running already, 74, 77
        or 78 when it could not be started (disk full, home unusable, environment broken).
    """
    if len(arguments) != 2:
        print("usage: shim.py DATA/servers/<workspaceId>", file=sys.stderr)
        return 64
    directory = Path(arguments[1]).absolute()
    _stand_alone()
    try:
        lock = _take_lock(directory)
    except OSError as error:
        print(f"{directory} cannot be used: {error}", file=sys.stderr)
        return EXIT_STATUS["HOME_UNUSABLE"]
    if lock is None:
        print(f"The server of {directory} is already running.", file=sys.stderr)
        return ALREADY_RUNNING
    return _guard(directory)


def _stand_alone() -> None:
    """A session of our own, and nothing open that the service happened to have open."""
    os.umask(0o077)
    with contextlib.suppress(OSError):
        os.setsid()
    os.closerange(_FIRST_INHERITED, os.sysconf("SC_OPEN_MAX"))


def _take_lock(directory: Path) -> int | None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock  # shared with the keeper: free only when both are gone


def _guard(directory: Path) -> int:
    for name in ("server.json", "exit.json"):
        (directory / name).unlink(missing_ok=True)
    adopt_orphans()
    keeper_side, guard_side = os.pipe()
    keeper = os.fork()
    if keeper == 0:
        os.close(guard_side)
        os._exit(_keep(directory, keeper_side))
    os.close(keeper_side)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: _pass_on(keeper))
    status = os.waitstatus_to_exitcode(os.waitpid(keeper, 0)[1])
    if status >= 0:
        return status
    kill_below(os.getpid())
    _record_killed_keeper(directory, -status)
    return 0


def _pass_on(keeper: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(keeper, signal.SIGTERM)


def _record_killed_keeper(directory: Path, number: int) -> None:
    ending = Ending(None, number, False, "EXITED", f"The server's keeper was ended by signal {number}.")
    with contextlib.suppress(OSError, StartFailed):
        write_record(directory / "exit.json", ending.record(read_launch(directory).generation))


def _keep(directory: Path, guard_pipe: int) -> int:
    log = CappedLog(directory / "server.log")
    _be_quiet()
    generation = 0
    try:
        with ReservedRecord(directory / "exit.json") as record:
            try:
                launch = read_launch(directory)
                generation = launch.generation
                _end_strays(launch, log)
                ending = Keeper(launch, log, os.getppid(), guard_pipe).keep()
                status = 0
            except StartFailed as failure:
                ending = Ending(None, None, False, failure.code, failure.sentence)
                status = EXIT_STATUS[failure.code]
            except Exception as error:  # noqa: BLE001  - whatever it is, the service must be told
                ending = Ending(None, None, False, "EXITED", f"The server's keeper failed: {error!r}")
                status = 70
            log.say(ending.reason)
            record.write(ending.record(generation))
            return status
    except OSError as error:  # not even the record can be written: the exit status is the last word
        return EXIT_STATUS["DISK_FULL" if is_disk_full(error) else "HOME_UNUSABLE"]


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _end_strays(launch: Launch, log: CappedLog) -> None:
    """Ends what an earlier guard and keeper, killed together, left behind."""
    marks: dict[str, str] = {}
    for name in ("BENCHTOP_WORKSPACE", "JUPYTER_RUNTIME_DIR"):
        if name in launch.env:
            marks[name] = launch.env[name]
    if len(marks) == 2 and (left := strays(marks)):
        log.say(f"ended {len(left)} processes of an earlier run")
        kill_all(left)
