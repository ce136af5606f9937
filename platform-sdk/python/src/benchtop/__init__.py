"""Benchtop from inside a notebook: who am I, where am I, how much do I have, keep me running.

    import benchtop as bt

    bt.whoami()                                  # User(name: alice, ...)
    bt.workspace()                               # Workspace(id: ws_…, slug: exp, ...)
    bt.workspace().resources()                   # Resources(cpus: 2, memory: 300 MiB of 2.0 GiB, ...)
    bt.keep_alive("2h", "training overnight")    # KeepAlive(until: ..., reason: ...)

    bt.datasets("sales")                         # [Dataset(name: sales/orders, ...), ...]
    bt.dataset("sales/orders").to_pandas(where="qty > 3")
    bt.save_dataset("sales/clean", frame, note="without returns")
    bt.spark().read.format("benchtop").load("sales/orders")

Nothing is asked of the service before the first call. Every failure is a ``BenchtopError`` with a
code for programs and a sentence for people. Standard library only, but for rows, which need
pyarrow; threads may share it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from benchtop.client import Client
from benchtop.errors import BenchtopError
from benchtop.model import KeepAlive, Resources, User
from benchtop.workspaces import Workspace, keep_alive_of, workspace_of

if TYPE_CHECKING:
    from benchtop.data.catalogue import Catalogue, Dataset
    from benchtop.data.model import Column, ColumnProfile, Preview, Version
    from benchtop.data.writing import DatasetWriter

__all__ = [
    "BenchtopError",
    "Column",
    "ColumnProfile",
    "Dataset",
    "DatasetWriter",
    "KeepAlive",
    "Preview",
    "Resources",
    "User",
    "Version",
    "Workspace",
    "create_dataset",
    "dataset",
    "datasets",
    "keep_alive",
    "save_dataset",
    "spark",
    "whoami",
    "workspace",
    "write_dataset",
]

_client = Client()
_LATE = {
    "Column": "model",
    "ColumnProfile": "model",
    "Dataset": "catalogue",
    "DatasetWriter": "writing",
    "Preview": "model",
    "Version": "model",
}


def __getattr__(name: str) -> Any:
    """Types of datasets, imported at their first use: a kernel starts without waiting for them."""
    if name not in _LATE:
        raise AttributeError(f"module 'benchtop' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"benchtop.data.{_LATE[name]}"), name)


@cache
def _catalogue() -> Catalogue:
    from benchtop.data.catalogue import Catalogue

    return Catalogue(_client)


def whoami() -> User:
    """Tells who the service takes this notebook for.

    Returns:
        the user: name, display name and role.

    Raises:
        BenchtopError: ``not_in_workspace`` outside a workspace, ``service_unreachable``, or
            what the service answers, such as ``unauthenticated``.
    """
    return User.read(_client.get("/api/v1/me"))


def workspace() -> Workspace:
    """Tells which workspace this notebook runs in.

    Returns:
        the workspace as the service knows it at this moment.

    Raises:
        BenchtopError: as ``whoami``.
    """
    return workspace_of(_client)


def keep_alive(duration: str | timedelta, reason: str) -> KeepAlive:
    """Keeps this workspace running even when it looks idle.

    Args:
        duration: from now on: ``"90s"``, ``"30m"``, ``"2h"``, ``"1d"``, ``"1h30m"``, ISO-8601
            (``"PT2H"``) or a ``timedelta``; whole seconds.
        reason: why, for whoever looks after the machine; not empty.

    Returns:
        until when it is kept. A later call replaces an earlier one.

    Raises:
        BenchtopError: ``bad_duration`` or ``reason_missing`` before anything is sent, the
            service's own refusal (``keep_alive_too_long``), or as ``whoami``.
    """
    return keep_alive_of(_client, duration, reason)


def datasets(search: str = "") -> list[Dataset]:
    """Lists the datasets that the workspace's owner may read, by name.

    Args:
        search: a text that name, description or tags have; all if empty.

    Raises:
        BenchtopError: as ``whoami``.
    """
    return _catalogue().all(search)


def dataset(name: str, version: int | None = None) -> Dataset:
    """Finds a dataset.

    Args:
        name: two words with a slash, such as ``sales/orders``.
        version: its number; None for the newest, with which it stays from the first read on.

    Raises:
        BenchtopError: ``bad_name``, ``not_found`` (also for one that may not be read), or as ``whoami``.
    """
    return _catalogue().one(name, version)


def create_dataset(
    name: str, description: str = "", readers: Sequence[str] = (), tags: Mapping[str, str] | None = None
) -> Dataset:
    """Makes a dataset without a version.

    Args:
        name: such as ``sales/clean``.
        description: free text.
        readers: names of users who may read it, ``["*"]`` for everybody; the owner alone if empty.
        tags: free words.

    Raises:
        BenchtopError: ``bad_name``, ``already_exists``, or as ``whoami``.
    """
    return _catalogue().create(name, description, readers, tags)


def write_dataset(name: str, note: str = "", base: int | None = None) -> DatasetWriter:
    """Writes a new version piece by piece; all of it is there at the end of ``with``, or nothing.

        with bt.write_dataset("sales/clean", note="without returns") as writer:
            writer.write(table)                 # rows: pyarrow, pandas or polars
            # or files as they are: writer.file("a.png", content)

    Args:
        name: a managed dataset; made where it is not there yet.
        note: why this version is made.
        base: number of the version whose files it begins with; without any if None.

    Raises:
        BenchtopError: ``bad_name``, ``forbidden``, ``columns_differ``, ``mixed_formats``, ``unreadable_file``,
            ``empty_upload``, ``upload_interrupted``, or as ``whoami``.
    """
    return _catalogue().writer(name, note, base)


def save_dataset(name: str, rows: Any, note: str = "") -> Dataset:
    """Writes rows as a new version.

    Args:
        name: a managed dataset; made where it is not there yet.
        rows: ``pyarrow.Table``, pandas or polars frame.
        note: why this version is made.

    Returns:
        the dataset at this version.

    Raises:
        BenchtopError: as ``write_dataset``.
    """
    return _catalogue().save(name, rows, note)


def spark() -> Any:
    """Gives the Spark session of this notebook, in this process, for small data; starts Spark at the first call.

        spark = bt.spark()
        spark.read.format("benchtop").load("sales/orders")

    It listens on this machine's own address only, with a secret, and has no web page.

    Returns:
        a ``pyspark.sql.SparkSession``.

    Raises:
        BenchtopError: ``package_missing`` without PySpark, with what to install; ``spark_version``;
            ``spark_without_datasets`` where another session was started before, or outside a workspace.
    """
    from benchtop.local_spark import local_session

    return local_session()
