"""Reading data: Parquet in a bucket, a table of PostgreSQL, and a stream that is larger than any memory."""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from argparse import Namespace
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.dataset as pads
from measure.processes import Processes

import benchtop as bt
from comparison.product import Memory, Product, heap_megabytes
from comparison.rounds import Done, Ratio, Results, Side
from comparison.sources import Bucket, Postgres, RowsAsJson

TWO = ["id", "x5"]
PIECE = 10_000
LONG_ROW = 440

# Made as it is read: PostgreSQL keeps nothing of it.
LONG_QUERY = """
select id, id * 0.5::float8 as a, id * 0.25::float8 as b, id % 1000 as c, repeat('benchtop', 51) as text
from (select generate_series(1, {rows}::bigint) as id) as numbers
"""


def measure(product: Product, processes: Processes, folder: Path, options: Namespace, results: Results) -> None:
    """What ``--only`` names, or all of it."""
    if "parquet" in options.only:
        parquet(product, Bucket(processes, folder / "bucket"), options, results)
    if "postgresql" in options.only or "memory" in options.only:
        postgres = Postgres(processes, folder / "postgres")
        product.connect("shop", "postgresql", postgres.settings, "none")
        if "postgresql" in options.only:
            postgresql(product, postgres, RowsAsJson(processes, postgres), options, results)
        if "memory" in options.only:
            memory(product, options, results)


def parquet(product: Product, bucket: Bucket, options: Namespace, results: Results) -> None:
    """All and few columns, into one table: presigned by the service, and with the keys of the bucket."""
    bucket.fill("numbers", options.megabytes, files=5)
    product.connect("lake", "s3", bucket.settings, bucket.SECRET)
    product.dataset("bench/numbers", {"kind": "files", "connection": "lake", "path": "numbers"})

    def ours(columns: list[str] | None) -> Done:
        return Done(bt.dataset("bench/numbers").to_arrow(columns=columns).nbytes)

    def theirs(columns: list[str] | None) -> Done:
        files = pads.dataset(f"{bucket.NAME}/numbers", filesystem=bucket.filesystem, format="parquet")
        return Done(files.to_table(columns=columns).nbytes)

    for what, columns in (("all columns", None), ("2 of 16 columns", TWO)):
        sides = [
            Side("SDK, presigned", lambda columns=columns: ours(columns)),  # type: ignore[misc]
            Side("pyarrow, static keys", lambda columns=columns: theirs(columns)),  # type: ignore[misc]
        ]
        title = f"Parquet, {options.megabytes} MB, {what}"
        found = results.alternate(title, "MB/s", 1e6, sides)
        results.compare(f"Parquet, {what}: SDK / pyarrow", found, sides[0].name, sides[1].name, 0.9)


def postgresql(
    product: Product, postgres: Postgres, rows_as_json: RowsAsJson, options: Namespace, results: Results
) -> None:
    """All rows in batches: by the service, by hand as JSON, and by a driver that knows the password."""
    postgres.fill(options.rows)
    product.dataset("bench/events", {"kind": "table", "connection": "shop", "table": "events"})

    def sdk() -> Done:
        with bt.dataset("bench/events").stream() as batches:
            return Done(sum(batch.num_rows for batch in batches))

    def as_json() -> Done:
        """The same columns in batches, though with numbers and times as texts where JSON has no such."""
        count, piece = 0, []
        with urllib.request.urlopen(rows_as_json.url, timeout=60) as lines:
            for line in lines:
                piece.append(json.loads(line))
                if len(piece) == PIECE:
                    count += pa.RecordBatch.from_pylist(piece).num_rows
                    piece = []
        return Done(count + len(piece))

    def direct() -> Done:
        count = 0
        with psycopg.connect(postgres.address) as connection, connection.cursor("direct") as cursor:
            cursor.execute("select * from events")
            names = [column.name for column in cursor.description or ()]
            while rows := cursor.fetchmany(PIECE):
                columns = [pa.array(values) for values in zip(*rows, strict=True)]
                count += pa.RecordBatch.from_arrays(columns, names).num_rows
        return Done(count)

    sides = [Side("SDK, Arrow", sdk), Side("JSON by hand", as_json), Side("psycopg, direct", direct)]
    found = results.alternate(f"PostgreSQL, {options.rows:,} rows", "1,000 rows/s", 1e3, sides)
    results.compare("PostgreSQL: SDK / rows as JSON", found, sides[0].name, sides[1].name, 5)
    results.compare("PostgreSQL: SDK / psycopg", found, sides[0].name, sides[2].name, 0.8)


def memory(product: Product, options: Namespace, results: Results) -> None:
    """Streams what no memory would hold, and looks at the service's meanwhile."""
    rows = int(options.gigabytes * 1e9) // LONG_ROW
    query = LONG_QUERY.format(rows=rows)
    product.dataset("bench/long", {"kind": "query", "connection": "shop", "query": query})
    pid = product.service_pid()
    before = heap_megabytes(pid)
    seen = 0
    begun = time.monotonic()
    with Memory(pid) as resident, bt.dataset("bench/long").stream() as batches:
        for batch in batches:
            seen += batch.nbytes
    seconds = time.monotonic() - begun
    speed = f"{seen / seconds / 1e6:.0f} MB/s, {rows / seconds:,.0f} rows/s"
    print(f"\n{seen / 1e9:.1f} GB streamed in {seconds:.0f} s: {speed}")
    half = len(resident.megabytes) // 2
    halves = {"first half": resident.megabytes[:half], "second half": resident.megabytes[half:]}
    for name, all_ in halves.items():
        told = f"{min(all_):.0f} / {statistics.median(all_):.0f} / {max(all_):.0f} MB"
        print(f"  service, resident, {name}: least / median / most {told}")
    print(f"  its heap after a collection: {before:.0f} MB before, {heap_megabytes(pid):.0f} MB after", flush=True)
    growth = statistics.median(halves["second half"]) / statistics.median(halves["first half"])
    results.ratios.append(Ratio("memory of the service: second half / first half", growth, 1.1, at_least=False))
