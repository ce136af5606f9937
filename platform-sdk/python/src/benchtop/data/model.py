"""What the service tells about datasets, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.rendering import Shown, bytes_in_words, instant_in_words


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: as in the data.
        type: ``boolean``, ``int64``, ``float64``, ``decimal``, ``text``, ``date``, ``timestamp``, ``time``, ``binary``
            or ``other``.
        nullable: whether a value may be missing.
    """

    name: str
    type: str
    nullable: bool

    @staticmethod
    def read(fields: Fields) -> Column:
        return Column(fields.text("name"), fields.text("type"), fields.truth("nullable"))


@dataclass(frozen=True, repr=False)
class Version(Shown):
    """What a dataset was at one moment; never changes.

    Attributes:
        number: counts from 1.
        created_at: when, with time zone.
        created_by: user name.
        note: why it was made; may be empty.
        format: ``parquet``, ``csv``, ``jsonl``, ``arrow``, ``files``, ``images`` or ``table``.
        rows: how many, None if not counted.
        bytes: size of all files together.
        file_count: how many files.
        digest: SHA-256 of the manifest, in hexadecimal digits.
        columns: in order; none for files and images.
        partitions: the columns that are folders, outermost first.
        run: id of the run that wrote it, or None.
        workspace: id of the workspace that wrote it, or None.
    """

    number: int
    created_at: datetime
    created_by: str
    note: str
    format: str
    rows: int | None
    bytes: int
    file_count: int
    digest: str
    columns: tuple[Column, ...]
    partitions: tuple[str, ...]
    run: str | None
    workspace: str | None

    @staticmethod
    def read(fields: Fields) -> Version:
        return Version(
            number=fields.whole("number"),
            created_at=fields.instant("createdAt"),
            created_by=fields.text("createdBy"),
            note=fields.optional_text("note") or "",
            format=fields.text("format"),
            rows=fields.optional_whole("rows"),
            bytes=fields.whole("bytes"),
            file_count=fields.whole("fileCount"),
            digest=fields.text("digest"),
            columns=tuple(map(Column.read, fields.objects("columns"))),
            partitions=fields.texts("partitions"),
            run=fields.optional_text("run"),
            workspace=fields.optional_text("workspace"),
        )

    def shown(self) -> dict[str, str]:
        return {
            "number": str(self.number),
            "created": f"{instant_in_words(self.created_at)} by {self.created_by}",
            **({"note": self.note} if self.note else {}),
            "format": self.format,
            **({} if self.rows is None else {"rows": f"{self.rows:,}"}),
            "size": bytes_in_words(self.bytes) or "",
            **({"columns": ", ".join(f"{c.name} {c.type}" for c in self.columns)} if self.columns else {}),
        }


@dataclass(frozen=True)
class ColumnProfile:
    """A column and what its values are like; values are as JSON has them.

    Attributes:
        column: name, type, and whether values may be missing.
        count: how many rows were looked at.
        nulls: how many of them have no value.
        distinct: how many different values, estimated; None if not told.
        minimum: the least value, None if it has none.
        maximum: the greatest value, None if it has none.
        mean: of numbers, else None.
        quantiles: of numbers at 0, 25, 50, 75 and 100 percent, else None.
        frequent: the most frequent values and how often they occur, most frequent first.
    """

    column: Column
    count: int
    nulls: int
    distinct: int | None
    minimum: Any
    maximum: Any
    mean: float | None
    quantiles: tuple[float | None, ...] | None
    frequent: tuple[tuple[Any, int], ...]

    @staticmethod
    def read(fields: Fields) -> ColumnProfile:
        quantiles = fields.anything("quantiles")
        return ColumnProfile(
            column=Column.read(fields),
            count=fields.whole("count"),
            nulls=fields.whole("nulls"),
            distinct=fields.optional_whole("distinct"),
            minimum=fields.anything("min"),
            maximum=fields.anything("max"),
            mean=fields.optional_number("mean"),
            quantiles=tuple(quantiles) if isinstance(quantiles, list) else None,
            frequent=tuple((each.anything("value"), each.whole("count")) for each in fields.objects("frequent")),
        )


@dataclass(frozen=True)
class Preview:
    """The first rows of a version, and what its columns are like.

    Attributes:
        version: its number.
        taken_at: when it was looked at, with time zone.
        columns: one for each column, in order.
        rows: at most 1,000, each with one value for each column, as JSON has them: decimals and times are texts.
        more: whether the version has more rows.
    """

    version: int
    taken_at: datetime
    columns: tuple[ColumnProfile, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool

    @staticmethod
    def read(answer: dict[str, Any]) -> Preview:
        fields = Fields(answer, "preview")
        rows = fields.anything("rows") or []
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise BenchtopError("unexpected_answer", "preview.rows is not what it should be in Benchtop's answer.")
        return Preview(
            version=fields.whole("version"),
            taken_at=fields.instant("takenAt"),
            columns=tuple(map(ColumnProfile.read, fields.objects("columns"))),
            rows=tuple(map(tuple, rows)),
            more=fields.truth("more"),
        )

    def __repr__(self) -> str:
        names = ", ".join(profile.column.name for profile in self.columns)
        return f"Preview(version: {self.version}, columns: {names}, rows: {len(self.rows)}{' and more' * self.more})"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(each.column.name)}<br>{escape(each.column.type)}</th>" for each in self.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{'' if value is None else escape(str(value))}</td>" for value in row) + "</tr>"
            for row in self.rows[:20]
        )
        return f"<table><caption>version {self.version}</caption><tr>{head}</tr>{rows}</table>"


@dataclass(frozen=True)
class PlanFile:
    """One file to read; who knows its address may read it, so nothing shows it."""

    path: str
    size: int
    rows: int | None
    sha256: str | None
    url: str = field(repr=False)
    partition: dict[str, str | None]

    @staticmethod
    def read(fields: Fields) -> PlanFile:
        partition = fields.anything("partition") or {}
        return PlanFile(
            path=_safe(fields.text("path")),
            size=fields.whole("size"),
            rows=fields.optional_whole("rows"),
            sha256=fields.optional_text("sha256"),
            url=fields.text("url"),
            partition=dict(partition) if isinstance(partition, dict) else {},
        )


@dataclass(frozen=True)
class Plan:
    """How to read one version."""

    dataset: str
    version: Version
    columns: tuple[Column, ...]
    files: tuple[PlanFile, ...]
    arrow: str | None = field(repr=False)
    path: str | None
    pinned: bool
    note: str | None

    @staticmethod
    def read(answer: dict[str, Any]) -> Plan:
        fields = Fields(answer, "plan")
        return Plan(
            dataset=fields.text("dataset"),
            version=Version.read(fields.object("version")),
            columns=tuple(map(Column.read, fields.objects("columns"))),
            files=tuple(map(PlanFile.read, fields.objects("files"))),
            arrow=fields.optional_text("arrow"),
            path=fields.optional_text("path"),
            pinned=fields.truth("pinned"),
            note=fields.optional_text("note"),
        )


def _safe(path: str) -> str:
    """A path that stays below the folder it is put in."""
    if path.startswith("/") or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise BenchtopError("unexpected_answer", f"{path!r} in Benchtop's answer is no path of a dataset's file.")
    return path
