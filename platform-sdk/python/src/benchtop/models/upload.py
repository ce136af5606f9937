"""Sends a version's files: each whole, checked by its hash, and anew where it broke."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from benchtop.client import Client, json_object
from benchtop.data.wire import BROKEN, Wire, below, reason, refused, unreachable
from benchtop.errors import BenchtopError

_PIECE = 8 * 1024 * 1024
_TRIES = 5
_FROM_THE_BEGINNING = {"Upload-Offset": "0"}
# The request that broke may not have been given up yet.
_PASSING = ("conflict", "wrong_offset")
_JSON = {"Content-Type": "application/json"}


class FileToSend:
    """A file of bytes in memory, or of a path here.

    Attributes:
        size: in bytes.
        sha256: in hexadecimal digits.
    """

    def __init__(self, content: bytes | str | Path) -> None:
        self._content = content
        digest, self.size = hashlib.sha256(), 0
        while piece := self.piece(self.size, _PIECE):
            digest.update(piece)
            self.size += len(piece)
        self.sha256 = digest.hexdigest()

    def piece(self, offset: int, count: int) -> bytes:
        if isinstance(self._content, (bytes, bytearray)):
            return bytes(self._content[offset : offset + count])
        with Path(self._content).open("rb") as file:
            file.seek(offset)
            return file.read(count)

    @contextmanager
    def view(self) -> Iterator[memoryview]:
        """All of it, without all of it being in memory."""
        if isinstance(self._content, (bytes, bytearray)) or not self.size:
            yield memoryview(bytes(self._content) if self.size else b"")  # type: ignore[arg-type]
            return
        with (
            Path(self._content).open("rb") as file,
            mmap(file.fileno(), 0, access=ACCESS_READ) as mapped,
            memoryview(mapped) as view,
        ):
            yield view


class VersionUpload:
    """What is sent of one version. One thread at a time."""

    def __init__(self, client: Client) -> None:
        self._wire = Wire(client)

    def begin(self, path: str, asked: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Begins one. The same key gives the same version, so it may be asked again.

        Raises:
            BenchtopError: ``service_unreachable`` or what the service answers.
        """
        return self._post(f"{path}/versions", json.dumps(asked, ensure_ascii=False).encode(), {"Idempotency-Key": key})

    def put(self, path: str, name: str, file: FileToSend) -> None:
        """Sends a file whole, and anew where it broke: not every store can go on, and all know what is whole already.

        Raises:
            BenchtopError: ``upload_interrupted`` or what the service answers.
        """
        failures = 0
        while True:
            try:
                with (
                    file.view() as content,
                    self._wire.ask("PUT", f"{path}/files/{below(name)}", _FROM_THE_BEGINNING, content) as reply,
                ):
                    if reply.status < 300:
                        reply.answer()
                        return
                    refusal = refused(reply, name)
                if reply.status < 500 and refusal.code not in _PASSING:
                    raise refusal
                why = refusal.message
            except BROKEN as error:
                why = reason(error)
            failures += 1
            if failures == _TRIES:
                raise BenchtopError(
                    "upload_interrupted", f"{name} could not be sent ({why}). Nothing was published; try again."
                )
            self._wire.pause(None, failures)

    def commit(self, path: str) -> dict[str, Any]:
        """Says that all is there; asked again where no answer came."""
        return self._post(f"{path}:commit", b"{}", {})

    def _post(self, path: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        failures = 0
        while True:
            try:
                with self._wire.ask("POST", path, {**_JSON, **headers}, body) as reply:
                    if reply.status < 300:
                        return json_object(reply.answer(), path)
                    if reply.status != 503 or failures == 2:
                        raise refused(reply, path)
            except BROKEN as error:
                if failures == 2:
                    raise unreachable(self._wire.client, error) from None
            failures += 1
            self._wire.pause(None, failures)


def download(client: Client, path: str, name: str) -> bytes:
    """A whole file of a version."""
    wire = Wire(client)
    try:
        with wire.ask("GET", path) as reply:
            if reply.status >= 300:
                raise refused(reply, name)
            pieces = []
            while piece := reply.read(_PIECE):
                pieces.append(piece)
            return b"".join(pieces)
    except BROKEN as error:
        raise unreachable(client, error) from None
