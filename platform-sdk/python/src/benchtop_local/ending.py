"""How a server ended, in a code for the service and a sentence for the person."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Any

from benchtop_local.records import now


@dataclass(frozen=True)
class Ending:
    """The end of a server; what ``exit.json`` says.

    Attributes:
        code: its exit code, or None when a signal ended it or it never ran.
        signal: the signal's number, or None.
        oom_killed: whether it went beyond its memory.
        reason_code: ``STOPPED``, ``EXITED``, ``OUT_OF_MEMORY``, ``PORT_TAKEN``, ``DISK_FULL``,
            ``HOME_UNUSABLE`` or ``ENVIRONMENT_BROKEN``.
        reason: what happened, in a sentence.
    """

    code: int | None
    signal: int | None
    oom_killed: bool
    reason_code: str
    reason: str

    def record(self, generation: int) -> dict[str, Any]:
        """As it is written into ``exit.json``."""
        return {
            "code": self.code,
            "signal": self.signal,
            "oomKilled": self.oom_killed,
            "at": now(),
            "reason": self.reason,
            "reasonCode": self.reason_code,
            "generation": generation,
        }


def judge_ending(status: int, *, stopped: bool, oom_killed: bool, disk_full: bool, tail: str) -> Ending:
    """Tells why a server ended.

    Args:
        status: return code as subprocess gives it: negative for a signal.
        stopped: whether it was asked to end.
        oom_killed: whether it had to be ended for its memory.
        disk_full: whether its log could not be written for want of space.
        tail: the last of what it wrote.
    """
    code = status if status >= 0 else None
    number = -status if status < 0 else None
    died = number == signal.SIGKILL and oom_killed and not stopped
    reason_code, reason = _reason(code, number, stopped, died, disk_full, tail)
    return Ending(code, number, died, reason_code, reason)


def _reason(
    code: int | None, number: int | None, stopped: bool, died: bool, disk_full: bool, tail: str
) -> tuple[str, str]:
    if stopped:
        return "STOPPED", "It was stopped."
    if died:
        return "OUT_OF_MEMORY", "It used more memory than the workspace's profile allows."
    if number is not None:
        return "EXITED", f"JupyterLab was ended by signal {number} ({_name(number)})."
    if code == 0:
        return "EXITED", "JupyterLab ended by itself."
    if disk_full or "No space left on device" in tail:
        return "DISK_FULL", "The disk is full. Free some space and start again."
    if "port" in tail and ("is not available" in tail or "already in use" in tail):
        return "PORT_TAKEN", "Another program has taken the port."
    if "No module named" in tail or "ImportError" in tail:
        return "ENVIRONMENT_BROKEN", "JupyterLab's environment is damaged; its log says what is missing."
    return "EXITED", f"JupyterLab exited with code {code}; its log says why."


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
