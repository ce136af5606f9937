"""The sources: PostgreSQL, a store that speaks S3, and rows as JSON as one would hand them out by hand."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from measure.processes import Missing, Processes, free_port
from platform_process import wait_until
from pyarrow.fs import S3FileSystem

HERE = Path(__file__).resolve().parents[1]
VERSITYGW = "github.com/versity/versitygw/cmd/versitygw@v1.8.0"
COLUMNS = 16

# Numbers, texts with and without nulls, and every kind of time: an ordinary table.
EVENTS = """
create table events as
select i as id, (i * 7919) % 50000 as customer, ((i * 31) % 100000 / 100.0)::numeric(12, 2) as price,
       (i % 9)::int as quantity, sqrt(i::float8) as score, i % 3 = 0 as express,
       (array['Bonn', 'Ulm', 'Berlin', 'Hamburg', 'Köln'])[1 + i % 5] as city,
       case when i % 4 = 0 then null else md5(i::text) end as note,
       date '2020-01-01' + (i % 2000)::int as day,
       timestamptz '2020-01-01 00:00:00+00' + i * interval '37 seconds' as at
from generate_series(1, {rows}::bigint) as i
"""


def listens(port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def unprivileged(folder: Path) -> list[str]:
    """What PostgreSQL's programs are started by, which do not run as root; the folder is theirs then."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return ["runuser", "-u", user, "--"]


class Postgres:
    """A server from Debian's programs on a fresh folder, tuned in nothing; everybody of this machine is let in."""

    USER = "benchtop"

    def __init__(self, processes: Processes, folder: Path) -> None:
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not programs:
            raise Missing("PostgreSQL is not installed; on Debian: apt-get install postgresql.")
        folder.mkdir()
        user = unprivileged(folder)
        data = str(folder / "data")
        make: list[str | Path] = [
            programs[-1] / "initdb",
            "-D",
            data,
            "-U",
            self.USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
        ]
        subprocess.run([*user, *make], check=True, stdout=subprocess.DEVNULL)
        self.port = free_port()
        options = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
        processes.start("postgres", [*user, programs[-1] / "postgres", "-D", data, *options])
        wait_until(lambda: listens(self.port), 30, "PostgreSQL to listen")

    @property
    def address(self) -> str:
        return f"postgresql://{self.USER}@127.0.0.1:{self.port}/postgres"

    @property
    def settings(self) -> dict[str, object]:
        return {"host": "127.0.0.1", "port": self.port, "database": "postgres", "user": self.USER, "tls": "off"}

    def fill(self, rows: int) -> None:
        """Makes the table."""
        with psycopg.connect(self.address) as connection:
            connection.execute(EVENTS.format(rows=rows))
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("vacuum analyze events")


class Bucket:
    """A store that checks every signature, with one bucket of Parquet files."""

    NAME = "lake"
    KEY_ID = "AKIDBENCHMARK"
    SECRET = "for this benchmark only"  # noqa: S105  - of a store that lives as long as it

    def __init__(self, processes: Processes, folder: Path) -> None:
        folder.mkdir()
        self.port = free_port()
        secrets = {"ROOT_ACCESS_KEY": self.KEY_ID, "ROOT_SECRET_KEY": self.SECRET}
        command = [versitygw(), "--port", f"127.0.0.1:{self.port}", "--quiet", "posix", folder]
        processes.start("versitygw", command, {**os.environ, **secrets})
        wait_until(lambda: listens(self.port), 30, "the store to listen")
        self.filesystem = S3FileSystem(
            access_key=self.KEY_ID,
            secret_key=self.SECRET,
            endpoint_override=f"127.0.0.1:{self.port}",
            scheme="http",
            region="us-east-1",
            allow_bucket_creation=True,
        )
        self.filesystem.create_dir(self.NAME)

    @property
    def settings(self) -> dict[str, object]:
        return {
            "endpoint": f"http://127.0.0.1:{self.port}",
            "region": "us-east-1",
            "bucket": self.NAME,
            "pathStyle": True,
            "accessKeyId": self.KEY_ID,
        }

    def fill(self, path: str, megabytes: int, files: int) -> None:
        """Numbers that do not compress and a text, so that as many bytes are moved as are said."""
        import numpy as np

        random = np.random.default_rng(1)
        rows = megabytes * 1_000_000 // files // (8 * COLUMNS)
        for number in range(files):
            columns: dict[str, Any] = {f"x{place}": random.random(rows) for place in range(COLUMNS - 2)}
            columns["id"] = np.arange(number * rows, (number + 1) * rows)
            columns["city"] = pa.array(random.integers(0, 10_000, rows)).cast(pa.string())
            pq.write_table(
                pa.table(columns),
                f"{self.NAME}/{path}/part-{number}.parquet",
                filesystem=self.filesystem,
                row_group_size=128 * 1024,
            )


def versitygw() -> str:
    """The store's program, built once from Go's module proxy."""
    found = shutil.which("versitygw") or str(HERE / "target" / "bin" / "versitygw")
    if not Path(found).exists():
        go = shutil.which("go")
        if go is None:
            raise Missing("versitygw is not installed, nor Go to build it; on Debian: apt-get install golang.")
        print("building versitygw …", flush=True)
        environment = {**os.environ, "GOBIN": str(HERE / "target" / "bin"), "CGO_ENABLED": "0"}
        subprocess.run([go, "install", VERSITYGW], env=environment, check=True)
    return found


class RowsAsJson:
    """The table as JSON lines, by a small server as one would write it by hand."""

    def __init__(self, processes: Processes, postgres: Postgres) -> None:
        self.port = free_port()
        processes.start("rows-as-json", [sys.executable, HERE / "rows_as_json.py", postgres.address, self.port])
        wait_until(lambda: listens(self.port), 30, "the server of JSON lines to listen")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"
