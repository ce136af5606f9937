"""Why a server could not be started, in a code for the service and a sentence for the person."""

from __future__ import annotations

import errno

ALREADY_RUNNING = 75  # EX_TEMPFAIL
EXIT_STATUS = {"DISK_FULL": 74, "HOME_UNUSABLE": 77, "ENVIRONMENT_BROKEN": 78}

_FULL = (errno.ENOSPC, errno.EDQUOT)


class StartFailed(Exception):
    """The server cannot start.

    Attributes:
        code: ``DISK_FULL``, ``HOME_UNUSABLE`` or ``ENVIRONMENT_BROKEN``.
        sentence: what, which, and what to do.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def is_disk_full(error: BaseException) -> bool:
    """Tells whether an error means that the disk, or the person's share of it, is full."""
    return isinstance(error, OSError) and error.errno in _FULL


def disk_full(where: object) -> StartFailed:
    """The failure for a full disk, naming a path on it."""
    return StartFailed("DISK_FULL", f"The disk that holds {where} is full. Free some space and start again.")
