"""The server's log: the last run is kept as ``server.log.1``, and neither file outgrows its cap."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from benchtop_local.failure import is_disk_full
from benchtop_local.records import now

CAP_BYTES = 10 * 1024 * 1024
_TAIL_BYTES = 16 * 1024


class CappedLog:
    """Takes what the server writes; never fails and never blocks it.

    A log that cannot be written must not stop a person's work: on a full disk lines are
    dropped, and ``disk_full`` remembers that.
    """

    def __init__(self, path: Path, cap: int = CAP_BYTES) -> None:
        self._path = path
        self._cap = cap
        self._file = -1
        self._size = 0
        self._tail = b""
        self.disk_full = False
        self._begin()

    def write(self, data: bytes) -> None:
        """Appends what the server wrote."""
        self._tail = (self._tail + data)[-_TAIL_BYTES:]
        if self._size + len(data) > self._cap:
            self._begin()
        try:
            if self._file >= 0:
                self._size += os.write(self._file, data)
        except OSError as error:
            self.disk_full = self.disk_full or is_disk_full(error)

    def say(self, sentence: str) -> None:
        """Appends a line of our own."""
        self.write(f"[benchtop {now()}] {sentence}\n".encode())

    def tail(self) -> str:
        """The last lines, for finding out why a server ended."""
        return self._tail.decode(errors="replace")

    def _begin(self) -> None:
        if self._file >= 0:
            os.close(self._file)
        self._file, self._size = -1, 0
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_name(self._path.name + ".1"))
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC
            self._file = os.open(self._path, flags, 0o600)
        except OSError as error:
            self.disk_full = self.disk_full or is_disk_full(error)
