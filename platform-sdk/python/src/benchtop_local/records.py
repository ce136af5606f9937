"""Small JSON files that are either whole or not there, whatever dies in between."""

from __future__ import annotations

import contextlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_RESERVED_BYTES = 4096


def now() -> str:
    """The present instant as the wire writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_record(path: Path, content: dict[str, Any]) -> None:
    """Replaces a file by one with this content, at once and lastingly; mode 0600."""
    with ReservedRecord(path) as record:
        record.write(content)


class ReservedRecord:
    """A record whose place on the disk is taken when it is opened.

    The last word of a server must get through when the server has filled the disk: writing over
    blocks that are already ours needs no new ones.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._file = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            os.write(self._file, b" " * _RESERVED_BYTES)
            os.fsync(self._file)
        except OSError:
            self.close()
            raise

    def write(self, content: dict[str, Any]) -> None:
        """Puts the content under the record's real name."""
        data = json.dumps(content, ensure_ascii=False).encode() + b"\n"
        os.pwrite(self._file, data, 0)
        os.ftruncate(self._file, len(data))
        os.fsync(self._file)
        self._part.rename(self._path)
        _sync_folder(self._path.parent)

    def close(self) -> None:
        """Gives the reserved place back if nothing was written."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
            with contextlib.suppress(OSError):
                self._part.unlink()

    def __enter__(self) -> ReservedRecord:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
