"""Two promises that only Linux gives, asked for through ``prctl``."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_SET_DEATH_SIGNAL = 1
_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> bool:
    """Makes every orphan below this process its child, so that none can hide at process 1.

    Returns:
        whether the system does that.
    """
    return _prctl(_SET_CHILD_SUBREAPER, 1)


def death_with_parent(parent: int) -> Callable[[], None]:
    """Makes what a child runs before its program: the kernel kills it when its parent dies.

    Loaded beforehand, as between fork and exec as little as possible may happen.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def promise() -> None:
        prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the promise was made
            os._exit(1)

    return promise


def _prctl(option: int, value: int) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        return ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) == 0  # type: ignore[no-any-return]
    except (OSError, AttributeError):
        return False
