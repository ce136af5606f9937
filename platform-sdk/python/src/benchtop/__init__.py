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

    version = bt.publish(model, "orders-risk", sample=X)
    bt.score("sales/orders", model="orders-risk", into="sales/orders-scores", keep=["order_id"])
    bt.promote(version, "orders").wait().client().infer({"X": X})

Nothing is asked of the service before the first call. Every failure is a ``BenchtopError`` with a
code for programs and a sentence for people. Standard library only, but for rows, which need
pyarrow, and models, which need numpy; threads may share it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    from benchtop.models.publishing import Files
    from benchtop.models.registry import RegisteredModel
    from benchtop.models.version import ModelVersion
    from benchtop.serving.endpoint import Endpoint
    from benchtop.serving.strategies import Canary, Shadow, Split, Strategy

__all__ = [
    "BenchtopError",
    "Canary",
    "Column",
    "ColumnProfile",
    "Dataset",
    "DatasetWriter",
    "Endpoint",
    "KeepAlive",
    "ModelVersion",
    "Preview",
    "RegisteredModel",
    "Resources",
    "Shadow",
    "Split",
    "User",
    "Version",
    "Workspace",
    "create_dataset",
    "dataset",
    "datasets",
    "endpoint",
    "endpoints",
    "keep_alive",
    "model",
    "models",
    "promote",
    "publish",
    "save_dataset",
    "score",
    "spark",
    "whoami",
    "workspace",
    "write_dataset",
]

_client = Client()
_LATE = {
    "Canary": "serving.strategies",
    "Column": "data.model",
    "ColumnProfile": "data.model",
    "Dataset": "data.catalogue",
    "DatasetWriter": "data.writing",
    "Endpoint": "serving.endpoint",
    "ModelVersion": "models.version",
    "Preview": "data.model",
    "RegisteredModel": "models.registry",
    "Shadow": "serving.strategies",
    "Split": "serving.strategies",
    "Version": "data.model",
}


def __getattr__(name: str) -> Any:
    """Types of data, models and serving, imported at their first use: a kernel starts without waiting for them."""
    if name not in _LATE:
        raise AttributeError(f"module 'benchtop' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"benchtop.{_LATE[name]}"), name)


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


def publish(
    model: Any,
    name: str,
    *,
    sample: Any,
    expected: Any = None,
    bump: str | None = None,
    version: str | None = None,
    description: str = "",
    metrics: Mapping[str, float] | None = None,
    inputs: Sequence[Dataset | str] | None = None,
    run: Any = None,
    tolerance: Any = None,
    readers: Sequence[str] | None = None,
    quantize: str | None = None,
    max_delta: float = 0.01,
    score: Callable[[dict[str, Any]], float] | None = None,
    files: Files | None = None,
    wait: bool = True,
) -> ModelVersion:
    """Publishes a new version of a model, ready to be served.

    The model becomes ONNX (TorchScript stays so) and is run here on the sample: where it does not answer as the model
    itself does, nothing is published. The service then tries it with the same sample.

    Args:
        model: of scikit-learn, XGBoost, LightGBM or PyTorch; a path to a file ``.onnx`` or ``.pt``; ONNX as bytes or
            ``ModelProto``.
        name: the model's, such as ``orders-risk``; made where it is not there yet.
        sample: some rows as the model takes them: a frame, an array, or ``{name: array}`` by input; 100 are kept.
        expected: answers to the sample by output, for a model that cannot be asked here or was measured elsewhere.
        bump: ``"patch"`` (if nothing is said), ``"minor"`` or ``"major"``: which number of the version goes up.
        version: a version such as ``"1.2.3"`` instead.
        description: free text.
        metrics: numbers by name.
        inputs: datasets that it was made from; if None, those that this notebook has read.
        run: a run of MLflow or its id; if None, the active one.
        tolerance: how far answers may be apart, absolute and relative: a number, or a pair of them; 1e-4 if None.
        readers: names of users who may read the model, ``["*"]`` for everybody; as they are if None. A workspace
            names them for a new model only; later they are changed on the model's page.
        quantize: ``"int8"`` for weights of 8 bits, where that is near enough and faster here.
        max_delta: how far an output, or the score, may be off by that.
        score: what to compare instead of outputs: a number of all of them, by name.
        files: further files of the version: paths, or content by name.
        wait: whether to wait until the service has tried it.

    Raises:
        BenchtopError: ``bad_name``, ``bad_version``, ``bad_sample``, ``not_servable``, ``not_convertible``,
            ``package_missing`` with what to install, ``outputs_differ`` with the worst row, ``not_faster``,
            ``forbidden`` where readers differ that a workspace may not change, ``upload_interrupted``, the
            code of the service's check, or as ``whoami``.
    """
    from benchtop.data.needs import need

    need("numpy", "publish a model")
    from benchtop.models import publishing

    return publishing.publish(
        _client,
        model,
        name,
        sample=sample,
        expected=expected,
        bump=bump,
        version=version,
        description=description,
        metrics=metrics,
        inputs=inputs,
        run=run,
        tolerance=tolerance,
        readers=readers,
        quantize=quantize,
        max_delta=max_delta,
        score=score,
        files=files,
        wait=wait,
    )


def models(text: str = "") -> list[RegisteredModel]:
    """Lists the models that the workspace's owner may read, by name.

    Args:
        text: that name or description have; all if empty.

    Raises:
        BenchtopError: as ``whoami``.
    """
    from benchtop.models.registry import all_models

    return all_models(_client, text)


def model(name: str) -> RegisteredModel:
    """Finds a model.

    Raises:
        BenchtopError: ``bad_name``, ``not_found`` (also for one that may not be read), or as ``whoami``.
    """
    from benchtop.models.registry import model_of

    return model_of(_client, name)


def score(
    data: Dataset | str,
    *,
    model: ModelVersion | str,
    into: str,
    version: str | None = None,
    keep: Sequence[str] = (),
    columns: Sequence[str] | None = None,
    batch_rows: int = 65_536,
    progress: Callable[[str], object] | None = print,
) -> Dataset:
    """Scores a dataset by a model here, in this process, into a new version of another dataset.

        bt.score("sales/orders", model="orders-risk", version="champion", into="sales/orders-scores", keep=["order_id"])

    Each file becomes a Parquet file of the same name, with the same rows in the same order: the columns that are kept,
    then the answers ``prediction``, ``probability_<class>``, and other outputs by their own names. A missing value is
    NaN for the model where its input can hold that, and refused where not.

    The same call is the same work: it goes on where it was stopped, file by file, within a day, and gives the same
    version where it is done.

    Args:
        data: a dataset, which is read at its version, or the name of one, which is read at the newest.
        model: its name, or a version as ``publish`` gives it.
        into: a managed dataset; made where it is not there yet.
        version: such as ``"0.1.0"``, or an alias; the newest that is ready if None.
        keep: columns of the data that the new version has, too.
        columns: what the model is given, in the order that it was trained with; None where it knows: with an input for
            each column, or published with a frame as its sample.
        batch_rows: how many rows the model is asked for at once.
        progress: told a line for each file; None for silence.

    Returns:
        the dataset ``into`` at the version that was made.

    Raises:
        BenchtopError: ``columns_differ`` with what is missing and what is spare, ``columns_unknown``,
            ``bad_column``, ``column_taken``, ``no_such_column``, ``not_scorable`` for what is no ONNX, ``not_rows``,
            ``not_pinned``, ``not_scored``, ``already_scoring``, ``version_changed``, ``package_missing``, or as
            ``dataset``, ``model`` and ``write_dataset``.
    """
    from benchtop.data.needs import need

    need("numpy", "score with a model")
    from benchtop.scoring.scoring import score as scored

    return scored(
        _client,
        _catalogue(),
        data,
        model=model,
        into=into,
        version=version,
        keep=keep,
        columns=columns,
        batch_rows=batch_rows,
        progress=progress,
    )


def promote(
    version: ModelVersion | str, endpoint: str, strategy: Strategy | None = None, *, hardware: str | None = None
) -> Endpoint:
    """Lets an endpoint serve a version; the endpoint is made where it is not there yet.

        bt.promote(version, "orders")                                                 # all at once
        bt.promote(version, "orders", bt.Canary(steps=[5, 20, 50], every="30m", guards={"error_rate": 0.01}))
        bt.promote(version, "orders", bt.Split({"0.0.1": 90, "0.0.2": 10}))
        bt.promote(version, "orders", bt.Shadow())
        bt.promote(version, "orders", hardware="gpu")

    Args:
        version: as ``publish`` gives it, or ``"orders-risk"`` (the newest), ``"orders-risk@champion"``,
            ``"orders-risk@0.0.2"``.
        endpoint: its name, as in the address ``/serve/orders``.
        strategy: how it comes to serve.
        hardware: what the endpoint runs on from now on, all versions of it, by the name that an administrator gave it;
            as it is if None, and ``"default"`` at first.

    Returns:
        the endpoint, which may take a moment: ``.wait()``.

    Raises:
        BenchtopError: ``bad_name``, ``bad_strategy``, ``not_found``, ``no_version``, or what the service says.
    """
    from benchtop.serving.endpoint import promote as asked

    return asked(_client, version, endpoint, strategy, hardware)


def endpoints() -> list[Endpoint]:
    """Lists the endpoints that the workspace's owner may see, by name.

    Raises:
        BenchtopError: as ``whoami``.
    """
    from benchtop.serving.endpoint import endpoints_of

    return endpoints_of(_client)


def endpoint(name: str) -> Endpoint:
    """Finds an endpoint.

    Raises:
        BenchtopError: ``bad_name``, ``not_found``, or as ``whoami``.
    """
    from benchtop.serving.endpoint import endpoint_of

    return endpoint_of(_client, name)


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
