"""A file of a version that is read in ranges, as if it were here."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from benchtop.data.model import PlanFile
from benchtop.data.wire import BROKEN, Reply, Wire, reason, refused
from benchtop.errors import BenchtopError

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

_TRIES = 5
_LEAST = 64 * 1024
_MOST = 8 * 1024 * 1024
_EXPIRED = (400, 401, 403, 404, 410)


class Remote:
    """One file, fetched range by range; what breaks is taken up where it broke. Threads may share it.

    Five tries without a single byte of progress are the end, with pauses of 1, 2, 4 and 8 seconds between. An address
    that has expired is asked for anew, once each time.
    """

    def __init__(self, wire: Wire, file: PlanFile, renew: Callable[[PlanFile], PlanFile]) -> None:
        self.file = file
        self._wire = wire
        self._renew = renew

    def fetch(self, start: int, target: memoryview) -> None:
        """Fills memory with the bytes from an offset on.

        Raises:
            BenchtopError: ``read_interrupted``, ``version_changed`` when the file has another size now, or what the
                service answers.
        """
        filled = failures = 0
        renewed = False
        while filled < len(target):
            reply, broke = None, ""
            before = filled
            try:
                reply = self._ask(start + filled, start + len(target))
                if reply.status in (200, 206):
                    self._check(reply, start + filled)
                    while filled < len(target) and (count := reply.read_into(target[filled:])):
                        filled += count
                elif self._expired(reply) and not renewed:
                    renewed, self.file = True, self._renew(self.file)
                    continue
                elif not _passing(reply) or failures == _TRIES - 1:
                    raise self._refusal(reply)
                broke = f"status {reply.status}" if not _good(reply) else "the connection ended early"
            except BROKEN as error:
                broke = reason(error)
            finally:
                if reply is not None:
                    reply.close()
            if filled < len(target):
                failures = 1 if filled > before else failures + 1
                renewed = renewed and filled == before
                if failures == _TRIES:
                    raise self._interrupted(start + filled, broke)
                self._wire.pause(None if reply is None or _good(reply) else reply, failures)

    def _ask(self, start: int, stop: int) -> Reply:
        return self._wire.ask("GET", self.file.url, {"Range": f"bytes={start}-{stop - 1}"})

    def _check(self, reply: Reply, start: int) -> None:
        said = reply.headers.get("Content-Range", "")
        if reply.status == 200:
            said = f"bytes 0-/{reply.headers.get('Content-Length', self.file.size)}"
        first, _, total = said.removeprefix("bytes ").replace("-", "/", 1).partition("/")
        total = total.rpartition("/")[2]
        if total not in ("*", str(self.file.size)):
            raise BenchtopError(
                "version_changed",
                f"{self.file.path} has {total} bytes now and had {self.file.size} when the version was made: the "
                "source was changed. Open the dataset anew.",
            )
        if first != str(start):
            raise BenchtopError("unexpected_answer", f"{self.file.path} was answered from another place than asked.")

    def _expired(self, reply: Reply) -> bool:
        return not self.file.url.startswith("/") and reply.status in _EXPIRED

    def _refusal(self, reply: Reply) -> BenchtopError:
        if self.file.url.startswith("/"):
            return refused(reply, self.file.path)
        return BenchtopError(
            "read_refused",
            f"The store does not give out {self.file.path} (status {reply.status}). Was it withdrawn? Open the dataset "
            "anew.",
        )

    def _interrupted(self, at: int, why: str) -> BenchtopError:
        return BenchtopError(
            "read_interrupted",
            f"{self.file.path} broke off at byte {at} of {self.file.size} and could not be taken up again ({why}). "
            "Try again in a moment.",
        )


class RangedFile(io.RawIOBase):
    """A seekable file over a ``Remote``.

    A read gets as many bytes as asked for, fewer at the end only. While it is read on from where the last read ended,
    it fetches ahead, 64 KiB first and up to 8 MiB; a read elsewhere fetches little. Holds at most what was fetched
    last. One thread at a time.
    """

    def __init__(self, remote: Remote) -> None:
        super().__init__()
        self._remote = remote
        self._at = 0
        self._held = memoryview(b"")
        self._held_from = 0
        self._ahead = _LEAST

    @property
    def size(self) -> int:
        """In bytes."""
        return self._remote.file.size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        if place < 0:
            raise ValueError(f"{place} is before the beginning of {self._remote.file.path}")
        self._at = place
        return place

    def readinto(self, buffer: Buffer) -> int:
        if self.closed:
            raise ValueError("read of a closed file")
        target = memoryview(buffer).cast("B")
        target = target[: max(0, min(len(target), self.size - self._at))]
        have = self._from_held(target)
        if missing := target[have:]:
            self._fetch(self._at + have, missing)
        self._at += len(target)
        return len(target)

    def read_buffer(self, count: int) -> memoryview:
        """As ``read``, into memory that pyarrow then takes as it is."""
        target = memoryview(bytearray(max(0, min(count, self.size - self._at))))
        return target[: self.readinto(target)]

    def _from_held(self, target: memoryview) -> int:
        skipped = self._at - self._held_from
        if not 0 <= skipped < len(self._held):
            return 0
        have = self._held[skipped : skipped + len(target)]
        target[: len(have)] = have
        return len(have)

    def _fetch(self, start: int, target: memoryview) -> None:
        onwards = start == self._held_from + len(self._held)
        self._ahead = min(self._ahead * 2, _MOST) if onwards else _LEAST
        if len(target) >= self._ahead:
            self._remote.fetch(start, target)
            self._held, self._held_from = memoryview(b""), start + len(target)
            return
        held = memoryview(bytearray(min(self._ahead, self.size - start)))
        self._remote.fetch(start, held)
        target[:] = held[: len(target)]
        self._held, self._held_from = held, start


def _good(reply: Reply) -> bool:
    return reply.status in (200, 206)


def _passing(reply: Reply) -> bool:
    return reply.status == 429 or reply.status >= 500
