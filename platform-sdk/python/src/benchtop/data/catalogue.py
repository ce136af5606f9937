"""Datasets by name: what there is, and the way to its rows and files."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from benchtop.client import Client
from benchtop.data import writing
from benchtop.data.memory import Cap
from benchtop.data.model import Column, Plan, Preview, Version
from benchtop.data.needs import need
from benchtop.data.ranged import RangedFile
from benchtop.data.reading import Batches, Part, Reading, batches_of, parts_of
from benchtop.data.runs import active_run, note_read
from benchtop.data.wire import Wire
from benchtop.data.writing import DatasetWriter, Upload
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.rendering import Shown, instant_in_words

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}/[a-z0-9][a-z0-9._-]{0,62}")
_BATCH_ROWS = 65_536
_FILE_BUFFER = 128 * 1024


class Dataset(Shown):
    """A dataset as it was when it was asked for.

    It reads one version: the one it was asked for with, or the newest at the first read, which it then stays with. A
    table that cannot be read again as it was (``pinned`` is false in the service's answer) is read as it is each time.

    Attributes:
        name: such as ``sales/orders``.
        description: free text.
        owner: name of the user it belongs to.
        tags: free words.
        kind: ``managed``, ``files``, ``table`` or ``query``.
        latest: the newest version when it was asked for; None before the first.
    """

    def __init__(self, client: Client, wire: Wire, told: Fields, version: Version | None = None) -> None:
        self.name = told.text("name")
        self.description = told.optional_text("description") or ""
        self.owner = told.text("owner")
        self.tags = told.words("tags")
        self.kind = told.text("kind")
        self.changed_at = told.instant("changedAt")
        newest = told.optional_object("latest")
        self.latest = None if told.anything("latest") is None else Version.read(newest)
        self._client = client
        self._wire = wire
        self._pinned = version
        self._lock = threading.Lock()

    @property
    def version(self) -> Version:
        """The version that is read.

        Raises:
            BenchtopError: ``no_version`` where nothing has been written yet.
        """
        version = self._pinned or self.latest
        if version is None:
            raise BenchtopError("no_version", f"{self.name} has no version yet: nothing was written.")
        with self._lock:
            self._pinned = version
        return version

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of that version."""
        return self.version.columns

    def stream(
        self, batch_rows: int = _BATCH_ROWS, columns: Sequence[str] | None = None, where: str | None = None
    ) -> Batches:
        """Reads rows piece by piece, in memory for a few pieces only.

        Args:
            batch_rows: rows of one piece at most.
            columns: which, in which order; all if None.
            where: which rows, such as ``"qty > 3 and day >= '2026-01-01'"``; all if None. Comparisons (``= != < <= >
                >=``, ``in (…)``, ``like``, ``is null``, ``is not null``) joined by ``and``.

        Returns:
            an iterator of ``pyarrow.RecordBatch``. Closing it ends the request.

        Raises:
            BenchtopError: ``bad_filter``, ``no_rows`` for files and images, ``not_found`` when it was withdrawn,
                ``read_interrupted``, ``source_away``, ``version_changed``, ``package_missing``.
        """
        return batches_of(self._open(columns, where), batch_rows, columns, where)

    def to_arrow(self, columns: Sequence[str] | None = None, where: str | None = None) -> Any:
        """Reads rows into one ``pyarrow.Table``.

        Raises:
            BenchtopError: ``too_large`` beyond 2 GiB or half of the memory limit; else as ``stream``.
        """
        pyarrow = need("pyarrow", "read rows")
        cap, held = Cap(self.name), []
        with self.stream(columns=columns, where=where) as batches:
            for batch in batches:
                cap.add(batch.nbytes)
                held.append(batch)
            return pyarrow.Table.from_batches(held, batches.schema)

    def to_pandas(self, columns: Sequence[str] | None = None, where: str | None = None) -> Any:
        """Reads rows into a ``pandas.DataFrame``; raises as ``to_arrow``."""
        need("pandas", "make a DataFrame")
        return self.to_arrow(columns, where).to_pandas()

    def to_polars(self, columns: Sequence[str] | None = None, where: str | None = None) -> Any:
        """Reads rows into a ``polars.DataFrame``; raises as ``to_arrow``."""
        polars = need("polars", "make a polars DataFrame")
        return polars.from_arrow(self.to_arrow(columns, where))

    def files(self) -> list[str]:
        """Paths of the version's files, with ``/``; none for tables and queries."""
        return list(self.sizes())

    def sizes(self) -> dict[str, int]:
        """Size of each file in bytes, by its path."""
        return {file.path: file.size for file in self._open(None, None).plan.files}

    def open(self, path: str) -> IO[bytes]:
        """Opens one file to read: binary, seekable, fetched in ranges.

        Raises:
            BenchtopError: ``no_such_file``; reading it raises as ``stream``.
        """
        return _buffered(self._open(None, None).open(path))

    def download(self, folder: str | Path) -> list[Path]:
        """Puts all files below a folder; each is whole and checked, or not there.

        Returns:
            where they lie.
        """
        return self._open(None, None).download(Path(folder))

    def parts(self, columns: Sequence[str], batch_rows: int = _BATCH_ROWS) -> list[Part]:
        """Its rows file by file, and how to read each; one part where all come as one stream.

        Raises:
            BenchtopError: as ``stream``, and ``not_pinned`` for what cannot be read again as it was.
        """
        reading = self._open(columns, None)
        if not reading.plan.pinned:
            raise BenchtopError(
                "not_pinned",
                f"{self.name} cannot be read again as it was, so what is made of it could not be, either. Save its "
                f"rows as a dataset first: bt.save_dataset(name, bt.dataset({self.name!r}).to_arrow())",
            )
        return parts_of(reading, batch_rows, columns)

    def preview(self) -> Preview:
        """The first rows, and what the columns are like."""
        return Preview.read(self._client.get(f"{path_of(self.name)}/preview?version={self.version.number}"))

    def versions(self) -> list[Version]:
        """All versions, newest first."""
        answer = Fields(self._client.get(f"{path_of(self.name)}/versions"), "versions")
        return [Version.read(each) for each in answer.objects("versions")]

    def shown(self) -> dict[str, str]:
        newest = self._pinned or self.latest
        return {
            "name": self.name,
            **({"description": self.description} if self.description else {}),
            "owner": self.owner,
            "kind": self.kind,
            "changed": instant_in_words(self.changed_at),
            **({f"version {name}": word for name, word in newest.shown().items()} if newest else {"version": "none"}),
        }

    def _open(self, columns: Sequence[str] | None, where: str | None) -> Reading:
        with self._lock:
            plan = self._plan(columns, where, None if self._pinned is None else self._pinned.number)
            if plan.pinned and self._pinned is None:
                self._pinned = plan.version
        number = plan.version.number
        note_read(self.name, number)
        return Reading(self._wire, plan, lambda: self._plan(columns, where, number))

    def _plan(self, columns: Sequence[str] | None, where: str | None, version: int | None) -> Plan:
        asked = {
            "version": version,
            "columns": None if columns is None else list(columns),
            "where": where,
            "run": active_run(),
        }
        body = {name: value for name, value in asked.items() if value is not None}
        return Plan.read(self._client.read_by_post(f"{path_of(self.name)}:open", body))


class Catalogue:
    """All datasets that the workspace's owner may read. Threads may share one."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._wire = Wire(client)

    @property
    def client(self) -> Client:
        """That it asks with."""
        return self._client

    def all(self, search: str = "") -> list[Dataset]:
        """Those whose name, description or tags have a text, by name."""
        query = f"?search={quote(search, safe='')}" if search else ""
        answer = Fields(self._client.get(f"/api/v1/datasets{query}"), "datasets")
        return [Dataset(self._client, self._wire, each) for each in answer.objects("datasets")]

    def one(self, name: str, version: int | None = None) -> Dataset:
        """One by name."""
        told = Fields(self._client.get(path_of(name)), "dataset")
        if version is None:
            return Dataset(self._client, self._wire, told)
        chosen = Fields(self._client.get(f"{path_of(name)}/versions/{version:d}"), "version")
        return Dataset(self._client, self._wire, told, Version.read(chosen))

    def create(
        self,
        name: str,
        description: str = "",
        readers: Sequence[str] = (),
        tags: Mapping[str, str] | None = None,
    ) -> Dataset:
        """Makes an empty one."""
        path_of(name)
        body = {"name": name, "description": description or None, "readers": list(readers) or None}
        answer = writing.create(self._client, {**body, "tags": dict(tags) if tags else None})
        return Dataset(self._client, self._wire, Fields(answer, "dataset"))

    def hashes(self, name: str, version: int) -> dict[str, str | None]:
        """SHA-256 of each file of a version by its path."""
        answer = Fields(self._client.get(f"{path_of(name)}/versions/{version:d}"), "version")
        return {each.text("path"): each.optional_text("sha256") for each in answer.objects("files")}

    def upload(self, name: str, note: str, begun: str | None = None) -> Upload:
        """An upload to go on with, or a new one, and the dataset itself where it is not there yet."""
        path = path_of(name)
        if begun is not None:
            return Upload(self._wire, path, begun)
        return Upload.begin(self._wire, path, note, None, lambda: self.create(name))

    def writer(self, name: str, note: str = "", base: int | None = None) -> DatasetWriter:
        """Writes a new version, and the dataset itself where it is not there yet."""
        return DatasetWriter(self._wire, path_of(name), note, base, lambda: self.create(name))

    def save(self, name: str, rows: Any, note: str = "") -> Dataset:
        """Writes rows as a new version."""
        with self.writer(name, note) as writer:
            writer.write(rows)
        told = Fields(self._client.get(path_of(name)), "dataset")
        return Dataset(self._client, self._wire, told, writer.version)


def path_of(name: str) -> str:
    """Where a dataset is asked for.

    Raises:
        BenchtopError: ``bad_name``.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BenchtopError(
            "bad_name",
            f"{name!r} is no name of a dataset: two words with a slash, such as sales/orders, each of a-z, 0-9, '.', "
            "'_' and '-', 63 at most.",
        )
    return f"/api/v1/datasets/{name}"


def _buffered(file: IO[bytes] | RangedFile) -> IO[bytes]:
    return io.BufferedReader(file, _FILE_BUFFER) if isinstance(file, RangedFile) else file
