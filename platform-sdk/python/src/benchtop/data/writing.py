"""Writes a new version: all of it, or nothing.

What is written goes to an upload in pieces of 8 MiB while it is made, so a version may be larger than memory and disk.
A piece whose connection broke is taken up where the service says it is. Nobody sees anything before ``commit``.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from benchtop.client import Client, json_object
from benchtop.data.model import Version
from benchtop.data.needs import need
from benchtop.data.runs import active_run
from benchtop.data.wire import BROKEN, Wire, below, reason, refused, unreachable
from benchtop.errors import BenchtopError
from benchtop.fields import Fields

if TYPE_CHECKING:
    from typing_extensions import Buffer

_PIECE = 8 * 1024 * 1024
_PART_BYTES = 256 * 1024 * 1024
_GROUP_ROWS = 131_072
_GROUP_BYTES = 64 * 1024 * 1024
_TRIES = 5


class Upload:
    """An upload of one dataset. One thread at a time.

    Attributes:
        id: by which it can be gone on with.
    """

    def __init__(self, wire: Wire, path: str, upload: str) -> None:
        self.id = upload
        self._wire = wire
        self._path = f"{path}/uploads/{upload}"

    @staticmethod
    def begin(wire: Wire, path: str, note: str, base: int | None, create: Callable[[], object]) -> Upload:
        """Begins one, after it has made the dataset where that is not there yet.

        Raises:
            BenchtopError: ``forbidden`` and what else the service answers.
        """
        told = {"note": note, "run": active_run(), "base": base}
        asked = {name: value for name, value in told.items() if value not in (None, "")}
        try:
            answer = wire.client.post(f"{path}/uploads", asked)
        except BenchtopError as refused:
            if refused.code != "not_found":
                raise
            create()
            answer = wire.client.post(f"{path}/uploads", asked)
        return Upload(wire, path, Fields(answer, "upload").text("id"))

    def put(self, file: str, offset: int, piece: memoryview) -> None:
        """Puts a piece at an offset; may be repeated.

        Raises:
            BenchtopError: ``upload_interrupted`` or what the service answers.
        """
        done = failures = 0
        while True:
            try:
                address = f"{self._path}/files/{below(file)}?offset={offset + done}"
                with self._wire.ask("PUT", address, body=piece[done:]) as reply:
                    if reply.status < 300:
                        return
                    refusal = refused(reply, file)
                    if reply.status < 500 and refusal.code != "wrong_offset":
                        raise refusal
                    why = refusal.message
            except BROKEN as error:
                why = reason(error)
            failures += 1
            if failures == _TRIES:
                raise self._interrupted(file, why)
            self._wire.pause(None, failures)
            done = self._arrived(file, why) - offset
            if done == len(piece) and done > 0:
                return
            if not 0 <= done <= len(piece):
                raise self._interrupted(file, f"{offset + done} bytes arrived, {offset} were sent before")

    def commit(self) -> Version:
        """Makes the version; asked again where no answer came, since repeating it gives the same version."""
        failures = 0
        while True:
            try:
                headers = {"Content-Type": "application/json"}
                with self._wire.ask("POST", f"{self._path}:commit", headers, b"{}") as reply:
                    if reply.status < 300:
                        return Version.read(Fields(json_object(reply.answer(), "commit"), "version"))
                    if reply.status != 503 or failures == 2:
                        raise refused(reply, "commit")
            except BROKEN as error:
                if failures == 2:
                    raise unreachable(self._wire.client, error) from None
            failures += 1
            self._wire.pause(None, failures)

    def abort(self) -> None:
        """Throws it away; if that fails too, the service does when it expires."""
        try:
            self._wire.ask("DELETE", self._path).close()
        except (*BROKEN, BenchtopError):
            return

    def sizes(self) -> dict[str, int]:
        """How many bytes of each file have arrived.

        Raises:
            OSError | HTTPException: nobody answered.
            BenchtopError: ``not_found`` where it has expired.
        """
        with self._wire.ask("GET", self._path) as reply:
            if reply.status >= 300:
                raise refused(reply, "upload")
            answer = json_object(reply.answer(), "upload")
        return {each.text("path"): each.whole("size") for each in Fields(answer, "upload").objects("files")}

    def _arrived(self, file: str, why: str) -> int:
        try:
            return self.sizes().get(file, 0)
        except BROKEN:
            raise self._interrupted(file, why) from None

    def _interrupted(self, file: str, why: str) -> BenchtopError:
        return BenchtopError("upload_interrupted", f"{file} could not be sent ({why}). Nothing was written; try again.")


class UploadFile(io.RawIOBase):
    """A file of an upload that is written from its beginning to its end."""

    def __init__(self, upload: Upload, path: str) -> None:
        super().__init__()
        self._upload = upload
        self._path = path
        self._sent = 0
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._sent + len(self._held)

    def write(self, data: Buffer) -> int:
        view = memoryview(data).cast("B")
        self._held += view
        while len(self._held) >= _PIECE:
            self._send(_PIECE)
        return len(view)

    def finish(self) -> None:
        """Sends the rest; an empty file is one, too."""
        if self._held or not self._sent:
            self._send(len(self._held))

    def _send(self, count: int) -> None:
        piece = bytes(self._held[:count])
        del self._held[:count]
        self._upload.put(self._path, self._sent, memoryview(piece))
        self._sent += count


class DatasetWriter:
    """Writes one version; use it in ``with``. One thread at a time.

        with bt.write_dataset("sales/clean", note="without returns") as writer:
            for batch in batches:
                writer.write(batch)
        writer.version

    A clean end commits. An exception throws away what was written and goes on its way.

    Attributes:
        version: what was made; None before the end.
    """

    def __init__(self, wire: Wire, path: str, note: str, base: int | None, create: Callable[[], object]) -> None:
        self.version: Version | None = None
        self._wire = wire
        self._path = path
        self._note = note
        self._base = base
        self._create = create
        self._upload: Upload | None = None
        self._rows: _RowFiles | None = None

    def __enter__(self) -> DatasetWriter:
        self._upload = Upload.begin(self._wire, self._path, self._note, self._base, self._create)
        return self

    def write(self, rows: Any) -> None:
        """Writes rows.

        Args:
            rows: ``pyarrow.Table`` or ``RecordBatch``, a pandas or polars frame; of the same columns each time.

        Raises:
            BenchtopError: ``columns_differ`` when they are not, ``package_missing``, ``upload_interrupted``.
        """
        if self._rows is None:
            self._rows = _RowFiles(self._going_on())
        self._rows.write(_table(rows))

    def file(self, path: str, content: bytes | str | Path | IO[bytes]) -> None:
        """Writes one file as it is.

        Args:
            path: its name in the dataset, with ``/`` for folders.
            content: its bytes, the path of a file here, or an open binary file.
        """
        sink = UploadFile(self._going_on(), path)
        for piece in _pieces(content):
            sink.write(piece)
        sink.finish()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        upload = self._going_on()
        self._upload = None
        if error is not None:
            upload.abort()
            return
        try:
            if self._rows is not None:
                self._rows.finish()
            self.version = upload.commit()
        except BaseException:
            upload.abort()
            raise

    def _going_on(self) -> Upload:
        if self._upload is None:
            raise BenchtopError("not_writing", "Write inside of: with bt.write_dataset(…) as writer.")
        return self._upload


class _RowFiles:
    """Rows as Parquet files ``part-0.parquet`` and so on, a new one every 256 MiB; row groups of 131,072 rows."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._part = 0
        self._schema: Any = None
        self._sink: UploadFile | None = None
        self._writer: Any = None
        self._waiting: list[Any] = []
        self._waiting_rows = self._waiting_bytes = 0

    def write(self, table: Any) -> None:
        if self._schema is None:
            self._schema = table.schema
        self._waiting.append(self._alike(table))
        self._waiting_rows += table.num_rows
        self._waiting_bytes += table.nbytes
        if self._waiting_rows >= _GROUP_ROWS or self._waiting_bytes >= _GROUP_BYTES:
            self._flush()

    def finish(self) -> None:
        if self._waiting:
            self._flush()
        self._end_part()

    def _alike(self, table: Any) -> Any:
        if table.schema.equals(self._schema):
            return table
        try:
            return table.select(self._schema.names).cast(self._schema)
        except (KeyError, ValueError) as error:
            raise BenchtopError(
                "columns_differ", f"These rows have other columns than the first ones written: {error}"
            ) from None

    def _flush(self) -> None:
        parquet, pyarrow = need("pyarrow.parquet", "write rows"), need("pyarrow", "write rows")
        if self._writer is None:
            self._sink = UploadFile(self._upload, f"part-{self._part}.parquet")
            self._writer = parquet.ParquetWriter(self._sink, self._schema, compression="zstd")
        self._writer.write_table(pyarrow.concat_tables(self._waiting), row_group_size=_GROUP_ROWS)
        self._waiting = []
        self._waiting_rows = self._waiting_bytes = 0
        if self._sink is not None and self._sink.tell() >= _PART_BYTES:
            self._end_part()

    def _end_part(self) -> None:
        if self._writer is not None and self._sink is not None:
            self._writer.close()
            self._sink.finish()
            self._writer, self._sink = None, None
            self._part += 1


def create(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    """Makes a dataset; nulls are left out."""
    return client.post("/api/v1/datasets", json.loads(json.dumps({k: v for k, v in body.items() if v is not None})))


def _table(rows: Any) -> Any:
    pyarrow = need("pyarrow", "write rows")
    if isinstance(rows, pyarrow.Table):
        return rows
    if isinstance(rows, pyarrow.RecordBatch):
        return pyarrow.Table.from_batches([rows])
    module = type(rows).__module__.partition(".")[0]
    if module == "pandas" and hasattr(rows, "columns"):
        return pyarrow.Table.from_pandas(rows)
    if module == "polars" and hasattr(rows, "to_arrow"):
        return pyarrow.table(rows.to_arrow())
    raise TypeError(
        f"{type(rows).__name__} is no rows: give a pyarrow Table or RecordBatch, a pandas or polars DataFrame; files "
        "are written with writer.file(name, content)"
    )


def _pieces(content: bytes | str | Path | IO[bytes]) -> Iterator[bytes]:
    if isinstance(content, (bytes, bytearray, memoryview)):
        yield bytes(content)
    elif isinstance(content, (str, Path)):
        with Path(content).open("rb") as file:
            yield from _pieces(file)
    else:
        while piece := content.read(_PIECE):
            yield piece
