"""What is whole of a scoring that has not ended, and that only one process here does it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchtop.errors import BenchtopError


@dataclass(frozen=True)
class Sent:
    """A file that has arrived whole."""

    size: int
    sha256: str


class Progress:
    """A small file that tells which upload there is and which of its files are whole. Written by rename.

    Attributes:
        upload: its id; None before it was begun.
        files: those that are whole, by path.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.upload: str | None = None
        self.files: dict[str, Sent] = {}
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            files = {str(path): Sent(int(each["size"]), str(each["sha256"])) for path, each in told["files"].items()}
            self.upload, self.files = str(told["upload"]), files
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return  # what cannot be read is done again

    def begin(self, upload: str) -> None:
        """Remembers a new upload, of which nothing has arrived."""
        self.upload, self.files = upload, {}
        self._write()

    def done(self, path: str, sent: Sent) -> None:
        """Remembers that a file is whole."""
        self.files[path] = sent
        self._write()

    def forget(self) -> None:
        """There is nothing to go on with any more."""
        self._file.unlink(missing_ok=True)

    def _write(self) -> None:
        told = {"upload": self.upload, "files": {path: asdict(sent) for path, sent in self.files.items()}}
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(told), encoding="utf-8")
        part.replace(self._file)


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where the SDK keeps what it could make again."""
    told = environment.get("XDG_CACHE_HOME")
    base = Path(told) if told else Path(environment.get("HOME") or Path.home()) / ".cache"
    return base / "benchtop"


@contextmanager
def alone(file: Path, what: str) -> Iterator[None]:
    """Keeps other calls of the same kind out, of this process and of others; a lock ends with its process.

    Raises:
        BenchtopError: ``already_scoring``.
    """
    import fcntl  # late: not everywhere

    file.parent.mkdir(parents=True, exist_ok=True)
    lock: Any
    with file.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise BenchtopError(
                "already_scoring",
                f"Process {lock.read().strip() or 'of another notebook'} does this already: {what}. Wait until it is "
                "done; the same call then gives the same version.",
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
