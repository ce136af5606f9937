"""The first process of a container: runs one program, passes on the wish to end, buries orphans.

Signals are blocked and waited for, one after the other, so that none can come at a bad moment: one
that arrives while the home is made ready is there when it is looked for.
"""

from __future__ import annotations

import contextlib
import os
import signal

from benchtop_local.linux import adopt_orphans
from benchtop_local.processes import kill_below
from benchtop_pod.start_line import StartLine

_WISHES_TO_END = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_AWAITED = _WISHES_TO_END | {signal.SIGCHLD}
STOPPED_EARLY = 128 + signal.SIGTERM


def hold_signals() -> None:
    """From here on signals wait; to be called before anything takes time."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _AWAITED)
    adopt_orphans()  # needless as process 1, but not where pods share their processes


def run_to_the_end(line: StartLine) -> int:
    """Runs the server.

    Returns:
        the exit code that tells the cluster how it ended: the server's own, or 128 and the signal.

    Raises:
        OSError: it cannot be started.
    """
    if signal.sigpending() & _WISHES_TO_END:
        return STOPPED_EARLY
    nothing = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    # Python ignores SIGPIPE; what it starts should not.
    server = os.posix_spawn(
        line.argv[0], line.argv, line.env, file_actions=[nothing], setsigmask=(), setsigdef=(signal.SIGPIPE,)
    )
    status = _wait_for(server)
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
