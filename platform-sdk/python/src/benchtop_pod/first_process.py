"""The first process of a container: runs one program, passes on the wish to end, buries orphans.

Signals are blocked and waited for, one after the other, so that none can come at a bad moment: one
that arrives while the home is made ready is there when it is looked for.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Mapping

from benchtop_local.linux import adopt_orphans
from benchtop_local.processes import kill_below
from benchtop_pod.start_line import StartLine

_WISHES_TO_END = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_AWAITED = _WISHES_TO_END | {signal.SIGCHLD}
_LOOK_EVERY = 0.05
STOPPED_EARLY = 128 + signal.SIGTERM


def hold_signals() -> None:
    """From here on signals wait; to be called before anything takes time."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _AWAITED)
    adopt_orphans()  # needless as process 1, but not where pods share their processes


def start(line: StartLine) -> int:
    """Starts the server; its process.

    Raises:
        OSError: it cannot be started.
    """
    return spawn(line.argv, line.env, (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0))


def spawn(argv: tuple[str, ...], env: Mapping[str, str], standard_input: tuple[int | str, ...]) -> int:
    """Starts a program to which signals come as to any other."""
    # Python ignores SIGPIPE; what it starts should not.
    return os.posix_spawn(argv[0], argv, env, file_actions=[standard_input], setsigmask=(), setsigdef=(signal.SIGPIPE,))


def wait_until(condition: Callable[[], bool], child: int) -> int | None:
    """Waits for something that no signal tells of.

    Returns:
        None when it is so; an exit code when it need not be waited for any more, because this
        shall end or the child has.
    """
    while not condition():
        signalled = signal.sigtimedwait(_AWAITED, _LOOK_EVERY)
        if signalled is None:
            continue
        status = STOPPED_EARLY if signalled.si_signo in _WISHES_TO_END else _bury(child)
        if status is not None:
            return _end(status)
    return None


def run_to_the_end(line: StartLine, begin: Callable[[StartLine], int] = start) -> int:
    """Runs the server.

    Args:
        line: how it is started.
        begin: starts it and gives its process.

    Returns:
        the exit code that tells the cluster how it ended: the server's own, or 128 and the signal.

    Raises:
        OSError: it cannot be started.
    """
    if signal.sigpending() & _WISHES_TO_END:
        return _end(STOPPED_EARLY)
    return _end(_wait_for(begin(line)))


def _end(status: int) -> int:
    kill_below(os.getpid())
    return status if status >= 0 else 128 - status


def _wait_for(server: int) -> int:
    while True:
        number = signal.sigwait(_AWAITED)
        if number in _WISHES_TO_END:
            # Jupyter asks on the terminal what it should do with SIGINT, and there is none.
            with contextlib.suppress(ProcessLookupError):
                os.kill(server, signal.SIGTERM)
        elif (status := _bury(server)) is not None:
            return status


def _bury(server: int) -> int | None:
    """Takes leave of all that have ended: one signal may stand for several."""
    ended = None
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid == server:
                ended = os.waitstatus_to_exitcode(status)
    return ended
