"""Goes from file to file: reads rows, asks the model, sends answers, and makes one version of all of them.

The same call is the same work: its key is made of what is scored, by what, into what and how. A file that has arrived
whole is not computed again, and the version tells the key, so the work that is done is found and not done twice.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from benchtop.client import Client
from benchtop.data.catalogue import Catalogue, Dataset, path_of
from benchtop.data.needs import need
from benchtop.data.reading import Part
from benchtop.data.wire import BROKEN, unreachable
from benchtop.data.writing import Upload, UploadFile
from benchtop.errors import BenchtopError
from benchtop.models.version import ModelVersion
from benchtop.scoring.answers import Answers
from benchtop.scoring.features import Features
from benchtop.scoring.loaded_model import ChosenModel, LoadedModel
from benchtop.scoring.progress import Progress, Sent, alone, cache_folder

if TYPE_CHECKING:
    from typing_extensions import Buffer

LINEAGE = "benchtop.scored"
"""Name of what each Parquet file says of itself: what it was made of and how, with hashes."""

_FORM = 1
_ONE_FILE = "part-0.parquet"

Say = Callable[[str], object]


def score(
    client: Client,
    catalogue: Catalogue,
    data: Dataset | str,
    *,
    model: str | ModelVersion,
    into: str,
    version: str | None = None,
    keep: Sequence[str] = (),
    columns: Sequence[str] | None = None,
    batch_rows: int = 65_536,
    progress: Say | None = print,
) -> Dataset:
    """See ``benchtop.score``."""
    path_of(into)
    if batch_rows < 1:
        raise ValueError(f"batch_rows is {batch_rows}; it must be 1 or more")
    source = catalogue.one(data) if isinstance(data, str) else data
    chosen = ChosenModel.of(client, model, version)
    order = _Order.of(source, chosen, into, keep, columns, batch_rows)
    cache = cache_folder(client.environment)
    with alone(cache / "scores" / f"{order.key}.lock", order.note):
        kept = Progress(cache / "scores" / f"{order.key}.json")
        made = order.version(catalogue)
        if made is not None:
            kept.forget()
            return made
        loaded = LoadedModel.of(chosen, cache)
        work = _Work.of(order, source, loaded, columns, progress or (lambda _: None))
        return work.done(catalogue, kept)


@dataclass(frozen=True)
class _Order:
    """What is asked for, and the key that is the same for the same."""

    into: str
    keep: tuple[str, ...]
    batch_rows: int
    source: str
    model: str
    lineage: bytes
    key: str

    @staticmethod
    def of(
        source: Dataset,
        model: ChosenModel,
        into: str,
        keep: Sequence[str],
        columns: Sequence[str] | None,
        batch_rows: int,
    ) -> _Order:
        if isinstance(keep, str) or isinstance(columns, str):
            raise TypeError('keep and columns are lists of names: keep=["order_id"]')
        read = source.version
        told = {
            "form": _FORM,
            "dataset": {"name": source.name, "version": read.number, "digest": read.digest},
            "model": {"name": model.version.model, "version": model.version.version, "sha256": model.sha256},
            "keep": list(keep),
            "columns": None if columns is None else list(columns),
            "batchRows": batch_rows,
        }
        lineage = json.dumps(told, indent=1, ensure_ascii=False).encode()
        key = hashlib.sha256(into.encode() + b"\0" + lineage).hexdigest()[:16]
        name = f"{source.name} version {read.number}"
        return _Order(into, tuple(dict.fromkeys(keep)), batch_rows, name, str(model), lineage, key)

    @property
    def note(self) -> str:
        """What the version says of itself."""
        return f"{self.source} scored by {self.model} [score {self.key}]"

    def version(self, catalogue: Catalogue) -> Dataset | None:
        """What has been made of it: the first, should there be several."""
        try:
            target = catalogue.one(self.into)
        except BenchtopError as refused:
            if refused.code != "not_found":
                raise
            return None
        if target.latest is None:
            return None
        for version in reversed(target.versions()):
            if version.note == self.note:
                return catalogue.one(self.into, version.number)
        return None


@dataclass(frozen=True)
class _Work:
    """An order with all that it takes to do it."""

    order: _Order
    model: LoadedModel
    features: Features
    answers: Answers
    parts: dict[str, Part]
    kept: tuple[str, ...]
    say: Say

    @staticmethod
    def of(order: _Order, source: Dataset, model: LoadedModel, columns: Sequence[str] | None, say: Say) -> _Work:
        read = source.version
        there = list(dict.fromkeys([*(each.name for each in read.columns), *read.partitions]))
        features = Features.of(model, columns, there, order.source)
        unknown = [name for name in order.keep if name not in there]
        if unknown:
            raise BenchtopError(
                "no_such_column",
                f"{order.source} has no column {', '.join(unknown)} to keep; it has {', '.join(there)}.",
            )
        wanted = list(dict.fromkeys([*order.keep, *features.columns]))
        parts = _targets(source.parts(wanted, order.batch_rows))
        answers = Answers(_seen(model, features, parts, order.source), model.classes)
        # Columns that are folders stay folders, as files keep their paths.
        folders = read.partitions if all(part.path for part in parts.values()) else ()
        kept = tuple(name for name in order.keep if name not in folders)
        names = [*folders, *kept, *answers.names]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BenchtopError(
                "column_taken", f"{', '.join(twice)} would be there twice; the answers are {', '.join(answers.names)}."
            )
        return _Work(order, model, features, answers, parts, kept, say)

    def done(self, catalogue: Catalogue, progress: Progress) -> Dataset:
        """Does what is not done yet, and makes the version."""
        upload = self._upload(catalogue, progress)
        try:
            for number, (target, part) in enumerate(self.parts.items(), 1):
                self._part(upload, progress, target, part, f"{number} of {len(self.parts)}")
            return self._version(catalogue, upload, progress)
        except BaseException:
            whole = sum(target in progress.files for target in self.parts)
            self.say(f"Stopped with {whole} of {len(self.parts)} files. The same call goes on from there within a day.")
            raise

    def _upload(self, catalogue: Catalogue, progress: Progress) -> Upload:
        """The one that was begun, with what really is whole of it, or a new one."""
        if progress.upload is not None:
            upload = catalogue.upload(self.order.into, self.order.note, progress.upload)
            try:
                sizes = upload.sizes()
            except BROKEN as error:
                raise unreachable(catalogue.client, error) from None
            except BenchtopError as refused:
                if refused.code != "not_found":
                    raise
            else:
                if sizes.keys() <= self.parts.keys():
                    for path in [path for path, sent in progress.files.items() if sizes.get(path) != sent.size]:
                        del progress.files[path]
                    return upload
        upload = catalogue.upload(self.order.into, self.order.note)
        progress.begin(upload.id)
        return upload

    def _part(self, upload: Upload, progress: Progress, target: str, part: Part, count: str) -> None:
        if target in progress.files:
            self.say(f"{target}: there already ({count})")
            return
        start = time.monotonic()
        rows, sent = self._sent(upload, target, part)
        progress.done(target, sent)
        seconds = max(time.monotonic() - start, 0.001)
        self.say(f"{target}: {rows:,} rows, {rows / seconds:,.0f} rows/s ({count})")

    def _sent(self, upload: Upload, target: str, part: Part) -> tuple[int, Sent]:
        parquet, rows = need("pyarrow.parquet", "score rows"), 0
        sink = _SentFile(upload, target)
        try:
            with part.open() as batches:
                schema = self._schema(batches.schema)
                writer = parquet.ParquetWriter(sink, schema, compression="zstd")
                for batch in batches:
                    writer.write_batch(self._scored(batch, schema, target))
                    rows += batch.num_rows
                writer.close()
        except BaseException:
            sink.give_up()
            raise
        return rows, sink.sent()

    def _schema(self, read: Any) -> Any:
        pyarrow = need("pyarrow", "score rows")
        fields = [pyarrow.field(name, read.field(name).type) for name in self.kept]
        return pyarrow.schema([*fields, *self.answers.fields()], {LINEAGE: self.order.lineage})

    def _scored(self, batch: Any, schema: Any, of: str) -> Any:
        pyarrow = need("pyarrow", "score rows")
        answered = self.model.run(self.features.tensors(batch, of), of)
        arrays = self.answers.arrays(answered, batch.num_rows, of)
        return pyarrow.RecordBatch.from_arrays([*(batch.column(name) for name in self.kept), *arrays], schema=schema)

    def _version(self, catalogue: Catalogue, upload: Upload, progress: Progress) -> Dataset:
        """Commits once. Who scored the same elsewhere, and was first, has made the version."""
        made = self.order.version(catalogue)
        if made is None:
            number = upload.commit().number
            wanted = {path: sent.sha256 for path, sent in progress.files.items()}
            if catalogue.hashes(self.order.into, number) != wanted:
                raise BenchtopError(
                    "version_changed",
                    f"Version {number} of {self.order.into} is not what was sent (hashes of its files differ). Do not "
                    "use it, and tell an administrator.",
                )
            made = self.order.version(catalogue) or catalogue.one(self.order.into, number)
        else:
            upload.abort()
        progress.forget()
        return made


class _SentFile(UploadFile):
    """A file on its way, and its hash."""

    def __init__(self, upload: Upload, path: str) -> None:
        super().__init__(upload, path)
        self._digest = hashlib.sha256()
        self._given_up = False

    def write(self, data: Buffer) -> int:
        view = memoryview(data).cast("B")
        if not self._given_up:
            self._digest.update(view)
            super().write(view)
        return len(view)

    def give_up(self) -> None:
        """Sends nothing more: pyarrow ends a file even after an error."""
        self._given_up = True

    def sent(self) -> Sent:
        """Sends the rest, and tells what was sent."""
        size = self.tell()
        self.finish()
        return Sent(size, self._digest.hexdigest())


def _targets(parts: Sequence[Part]) -> dict[str, Part]:
    """Parts by the path of the file that is made of each: the same path, ending in ``.parquet``."""
    named = [part.path and str(PurePosixPath(part.path).with_suffix(".parquet")) for part in parts]
    targets = {}
    for part, name in zip(parts, named, strict=True):
        alike = named.count(name) > 1 and not part.path.endswith(".parquet")
        targets[f"{part.path}.parquet" if alike else name or _ONE_FILE] = part
    return targets


def _seen(model: LoadedModel, features: Features, parts: dict[str, Part], of: str) -> Any:
    """The answer to the first row, or to one of zeros where there is none."""
    for part in parts.values():
        with part.open() as batches:
            for batch in batches:
                return model.run(features.tensors(batch.slice(0, 1), of), of)
    return model.run(features.nothing(), of)
