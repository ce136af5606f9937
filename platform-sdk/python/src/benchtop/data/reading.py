"""Reads one opened version: its files in ranges, its rows in batches.

Rows of Parquet and Arrow files are read here by ``pyarrow.dataset``: of each file only the columns that are asked for,
and only row groups that may match the filter. Rows of everything else (CSV, JSON lines, tables, queries) come as one
Arrow stream of the service, which then has the same types in every language.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from benchtop.data.model import Column, Plan, PlanFile
from benchtop.data.needs import need
from benchtop.data.ranged import RangedFile, Remote
from benchtop.data.where import expression
from benchtop.data.wire import BROKEN, Reply, Wire, reason, refused, unreachable
from benchtop.errors import BenchtopError

_ROW_FILES = ("parquet", "arrow")
_PIECE = 1024 * 1024
_END_OF_STREAM = b"\xff\xff\xff\xff\x00\x00\x00\x00"
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_TRIES = 3
_KEPT_FRAGMENTS = 256
_READERS = 8
_TOGETHER = 4
_HOLE = 8 * 1024
_RANGE = 8 * _PIECE
_RANGES_AHEAD = 2


class Reading:
    """A version that has been opened; its addresses are renewed when they expire. Threads may share it."""

    def __init__(self, wire: Wire, plan: Plan, reopen: Callable[[], Plan]) -> None:
        self.wire = wire
        self._plan = plan
        self._reopen = reopen
        self._lock = threading.Lock()

    @property
    def plan(self) -> Plan:
        """What the service said."""
        return self._plan

    def open(self, path: str) -> IO[bytes] | RangedFile:
        """A file, seekable: from the folder it lies in where this process sees that, else in ranges."""
        return self.open_file(self._file(path))

    def open_file(self, file: PlanFile) -> IO[bytes] | RangedFile:
        """As ``open``."""
        here = self._here(file)
        return here.open("rb") if here is not None else RangedFile(self._remote(file))

    def download(self, folder: Path) -> list[Path]:
        """Puts every file below a folder, each whole and checked, or not at all."""
        return [self._download(file, folder / file.path) for file in self.plan.files]

    def _download(self, file: PlanFile, target: Path) -> Path:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with self.open_file(file) as source, part.open("wb") as sink:
                digest = hashlib.sha256()
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    sink.write(piece)
            if file.sha256 is not None and digest.hexdigest() != file.sha256:
                raise BenchtopError(
                    "version_changed",
                    f"{file.path} has another content than when version {self.plan.version.number} of "
                    f"{self.plan.dataset} was made (its SHA-256 differs). Open the dataset anew.",
                )
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return target

    def _file(self, path: str) -> PlanFile:
        for file in self.plan.files:
            if file.path == path:
                return file
        raise BenchtopError(
            "no_such_file",
            f"{self.plan.dataset} has no file {path!r} in version {self.plan.version.number}; .files() lists them.",
        )

    def _here(self, file: PlanFile) -> Path | None:
        if self.plan.path is None:
            return None
        here = Path(self.plan.path, file.path)
        try:
            return here if here.stat().st_size == file.size else None
        except OSError:
            return None

    def _remote(self, file: PlanFile) -> Remote:
        return Remote(self.wire, file, self._renewed)

    def _renewed(self, expired: PlanFile) -> PlanFile:
        with self._lock:
            if self._file(expired.path).url == expired.url:
                self._plan = self._reopen()
            return self._file(expired.path)


class Batches(Iterator[Any]):
    """Rows as an iterator of ``pyarrow.RecordBatch``. Closing it, or leaving ``with``, ends the request behind it.

    Attributes:
        schema: ``pyarrow.Schema`` of every batch.
    """

    def __init__(self, schema: Any, batches: Iterator[Any], close: Callable[[], None]) -> None:
        self.schema = schema
        self._batches = batches
        self._close = close

    def __next__(self) -> Any:
        return next(self._batches)

    def close(self) -> None:
        """Reads no more; may be repeated."""
        self._batches = iter(())
        self._close()

    def __enter__(self) -> Batches:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


@dataclass(frozen=True)
class Part:
    """Rows that lie together.

    Attributes:
        path: of their file; empty where all rows come as one stream.
        open: begins to read them.
    """

    path: str
    open: Callable[[], Batches]


def parts_of(reading: Reading, batch_rows: int, columns: Sequence[str]) -> list[Part]:
    """A version file by file, in their order; one part for all rows where they come as one stream.

    Raises:
        BenchtopError: as ``batches_of``.
    """
    plan = reading.plan
    if plan.version.format not in _ROW_FILES or not plan.files:
        return [Part("", lambda: batches_of(reading, batch_rows, columns, None))]
    dataset, pyarrow = need("pyarrow.dataset", "read rows"), need("pyarrow", "read rows")
    fragments = _Fragments(reading, dataset, pyarrow)
    schema = fragments.schema()
    chosen = pyarrow.schema([schema.field(name) for name in columns])

    def opened(file: PlanFile) -> Batches:
        scanner = fragments.together([file], schema).scanner(columns=list(columns), batch_size=batch_rows)
        batches = (batch for batch in scanner.to_batches() if batch.num_rows)
        return Batches(chosen, batches, batches.close)

    return [Part(file.path, lambda file=file: opened(file)) for file in plan.files]  # type: ignore[misc]


def batches_of(reading: Reading, batch_rows: int, columns: Sequence[str] | None, where: str | None) -> Batches:
    """Rows of a version, of at most ``batch_rows`` each.

    Raises:
        BenchtopError: ``no_rows`` for files and images, ``bad_filter``, ``no_such_column``, ``package_missing``, and as
            reading does.
    """
    need("pyarrow", "read rows")
    if batch_rows < 1:
        raise ValueError(f"batch_rows is {batch_rows}; it must be 1 or more")
    plan = reading.plan
    if plan.version.format in _ROW_FILES and plan.files:
        return _from_files(reading, batch_rows, columns, where)
    if plan.arrow is not None:
        return _from_stream(reading, plan.arrow, batch_rows)
    raise BenchtopError(
        "no_rows",
        f"{plan.dataset} is made of {plan.version.format}, not of rows: use .files() and .open(path).",
    )


def _from_files(reading: Reading, batch_rows: int, columns: Sequence[str] | None, where: str | None) -> Batches:
    dataset, pyarrow = need("pyarrow.dataset", "read rows"), need("pyarrow", "read rows")
    plan = reading.plan
    fragments = _Fragments(reading, dataset, pyarrow)
    schema = fragments.schema()
    names = list(columns) if columns is not None else [c.name for c in plan.columns] or schema.names
    for name in names:
        if name not in schema.names:
            raise BenchtopError(
                "no_such_column", f"{plan.dataset} has no column {name!r}; it has {', '.join(schema.names)}."
            )
    chosen = expression(where, schema) if where is not None else None

    def read() -> Generator[Any, None, None]:
        for first in range(0, len(plan.files), _TOGETHER):
            scanner = fragments.together(plan.files[first : first + _TOGETHER], schema).scanner(
                columns=names,
                filter=chosen,
                batch_size=batch_rows,
                batch_readahead=2,
                fragment_readahead=_TOGETHER,
            )
            yield from (batch for batch in scanner.to_batches() if batch.num_rows)

    batches = read()
    return Batches(pyarrow.schema([schema.field(name) for name in names]), batches, batches.close)


class _Fragments:
    """The files of a plan as pyarrow sees them, and the one schema that all of them are read in."""

    def __init__(self, reading: Reading, dataset: Any, pyarrow: Any) -> None:
        self._reading = reading
        self._dataset = dataset
        self._pyarrow = pyarrow
        self._types = {column.name: column for column in reading.plan.version.columns}
        self._format = (
            dataset.ParquetFileFormat(default_fragment_scan_options=_ahead(dataset, pyarrow))
            if reading.plan.version.format == "parquet"
            else dataset.IpcFileFormat()
        )
        self._made: dict[str, Any] = {}

    def schema(self) -> Any:
        """That of all files together, wider where they differ, and the columns that are folders."""
        files = self._reading.plan.files
        with ThreadPoolExecutor(min(_READERS, len(files))) as readers:
            schemas = list(readers.map(lambda file: self.of(file).physical_schema, files))
        together = self._pyarrow.unify_schemas(schemas, promote_options="permissive").remove_metadata()
        for name in self._partitions():
            if name not in together.names:
                together = together.append(self._pyarrow.field(name, self._type(name)))
        return together

    def together(self, files: Sequence[PlanFile], schema: Any) -> Any:
        """Some files as one dataset: pyarrow asks for all of them at once, and gives rows in their order."""
        return self._dataset.FileSystemDataset([self.of(file) for file in files], schema, self._format)

    def of(self, file: PlanFile) -> Any:
        """One file; what was read of its end is kept while there are not too many."""
        made = self._made.get(file.path)
        if made is None:
            made = self._format.make_fragment(
                self._pyarrow.PythonFile(self._reading.open_file(file), mode="r"),
                partition_expression=self._partition(file),
            )
            if len(self._made) < _KEPT_FRAGMENTS:
                self._made[file.path] = made
        return made

    def _partitions(self) -> list[str]:
        files = self._reading.plan.files
        return list(dict.fromkeys(name for file in files for name in file.partition))

    def _partition(self, file: PlanFile) -> Any:
        made = None
        for name, value in file.partition.items():
            field = self._dataset.field(name)
            if value is None or value == _NO_VALUE:
                one = field.is_null()
            else:
                one = field == self._pyarrow.scalar(value).cast(self._type(name))
            made = one if made is None else made & one
        return made

    def _type(self, name: str) -> Any:
        return arrow_type(self._types.get(name), self._pyarrow)


def _ahead(dataset: Any, pyarrow: Any) -> Any:
    """Columns that lie together are fetched together, and the next two pieces of a file while one is decoded."""
    ranges = pyarrow.CacheOptions(
        hole_size_limit=_HOLE, range_size_limit=_RANGE, lazy=True, prefetch_limit=_RANGES_AHEAD
    )
    return dataset.ParquetFragmentScanOptions(pre_buffer=True, cache_options=ranges)


def arrow_type(column: Column | None, pyarrow: Any) -> Any:
    """What a column of the catalogue is for pyarrow, where no file tells it."""
    made = {
        "boolean": pyarrow.bool_(),
        "int64": pyarrow.int64(),
        "float64": pyarrow.float64(),
        "decimal": pyarrow.decimal128(38, 9),
        "date": pyarrow.date32(),
        "timestamp": pyarrow.timestamp("us"),
        "time": pyarrow.time64("us"),
        "binary": pyarrow.binary(),
    }
    return made.get(column.type if column is not None else "text", pyarrow.string())


def _from_stream(reading: Reading, path: str, batch_rows: int) -> Batches:
    reply = _opened(reading.wire, path)
    source = _Stream(reply, reading.plan.dataset)
    try:
        pyarrow = need("pyarrow.ipc", "read rows")
        reader = pyarrow.open_stream(source)
    except Exception as error:  # noqa: BLE001  - pyarrow's own have no common class
        reply.close()
        raise _unreadable(error, reading.plan.dataset) from None

    def read() -> Generator[Any, None, None]:
        try:
            for batch in reader:
                for start in range(0, batch.num_rows, batch_rows):
                    yield batch.slice(start, batch_rows)
            source.check_end()
        except Exception as error:  # noqa: BLE001  - pyarrow's own have no common class
            raise _unreadable(error, reading.plan.dataset) from None
        finally:
            reply.close()

    def close() -> None:
        batches.close()
        reply.close()

    batches = read()
    return Batches(reader.schema, batches, close)


def _opened(wire: Wire, path: str) -> Reply:
    """Asks for the stream; a service or source that is away for a moment is asked again."""
    tries = 0
    while True:
        tries += 1
        try:
            reply = wire.ask("GET", path, {"Accept": "application/vnd.apache.arrow.stream, application/problem+json"})
        except BROKEN as error:
            if tries == _TRIES:
                raise unreachable(wire.client, error) from None
            wire.pause(None, tries)
            continue
        if reply.status == 200:
            return reply
        with reply:
            if reply.status != 503 or tries == _TRIES:
                raise refused(reply, path)
            wire.pause(reply, 1)


def _unreadable(error: Exception, dataset: str) -> BenchtopError:
    if isinstance(error, BenchtopError):
        return error
    return BenchtopError(
        "read_interrupted", f"The rows of {dataset} broke off ({reason(error)}). Read it again from the beginning."
    )


class _Stream:
    """The body as pyarrow reads it; remembers its end, so that a cut is not taken for the end."""

    closed = False

    def __init__(self, reply: Reply, dataset: str) -> None:
        self._reply = reply
        self._dataset = dataset
        self._last = b""

    def read(self, count: int = -1) -> bytes:
        try:
            piece = self._reply.read(count)
        except BROKEN as error:
            raise _unreadable(error, self._dataset) from None
        if piece:
            self._last = (self._last + piece[-8:])[-8:]
        return piece

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """The reply is closed by whoever opened it."""

    def check_end(self) -> None:
        if self._last != _END_OF_STREAM:
            raise EOFError("the stream has no end")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
