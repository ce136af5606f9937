"""Publishes a model: converts it, compares it, sends it, and waits until the service has tried it, too."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchtop.client import Client
from benchtop.data.runs import active_run, read_here
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.models.converting import convert
from benchtop.models.parity import Tolerance, as_shaped, compare
from benchtop.models.quantizing import Stopwatch, quantized, seconds_for
from benchtop.models.registry import open_to, path_of
from benchtop.models.sample import Sample
from benchtop.models.servable import Servable
from benchtop.models.tensors import Tensors, to_json
from benchtop.models.upload import FileToSend, VersionUpload
from benchtop.models.version import ModelVersion
from benchtop.run_context import made_here

_BUMPS = ("patch", "minor", "major")
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)
_RESERVED = ("manifest.json", "signature.json", "sample.json")

Files = Mapping[str, bytes | str | Path] | Iterable[str | Path]


def publish(
    client: Client,
    model: Any,
    name: str,
    *,
    sample: Any,
    expected: Any = None,
    bump: str | None = None,
    version: str | None = None,
    description: str = "",
    metrics: Mapping[str, float] | None = None,
    inputs: Sequence[Any] | None = None,
    run: Any = None,
    tolerance: Any = None,
    readers: Sequence[str] | None = None,
    quantize: str | None = None,
    max_delta: float = 0.01,
    score: Callable[[Tensors], float] | None = None,
    files: Files | None = None,
    wait: bool = True,
    stopwatch: Stopwatch = seconds_for,
) -> ModelVersion:
    """See ``benchtop.publish``."""
    path = path_of(name)
    numbered = _numbered(bump, version)
    allowed = Tolerance.of(tolerance)
    further = _files(files)
    rows = Sample(sample)
    servable = convert(model, rows)
    wanted = {**servable.original, **_expected(expected, servable, rows)}
    compare(servable.original, servable.outputs, allowed, "the model's own")
    compare(wanted, servable.outputs, allowed, "the expected")
    measured = dict(metrics or {})
    if quantize is not None:
        small = quantized(servable, quantize, max_delta, score, stopwatch)
        # What was answered before stays what is expected: the server's processor rounds in its own way.
        wanted = {**servable.outputs, **wanted}
        servable, allowed = small.servable, Tolerance(max(allowed.absolute, max_delta), allowed.relative)
        measured = {"int8_delta": small.delta, "int8_speed": small.speed, **measured}
    sending = {servable.file: FileToSend(servable.content), **further}
    asked = {
        **numbered,
        "format": servable.format,
        "files": [{"path": at, "size": file.size, "sha256": file.sha256} for at, file in sending.items()],
        "signature": servable.signature,
        "sample": _sample(servable, wanted, allowed),
        "description": description,
        "metrics": _numbers(measured),
        "datasets": _datasets(inputs),
        **_made_by(client, run),
    }
    if readers is not None:
        open_to(client, name, readers)
    return _sent(client, path, asked, sending, wait)


def _sent(
    client: Client, path: str, asked: Mapping[str, Any], files: Mapping[str, FileToSend], wait: bool
) -> ModelVersion:
    upload = VersionUpload(client)
    begun = ModelVersion.read(client, Fields(upload.begin(path, asked, str(uuid.uuid4())), "version"))
    place = f"{path}/versions/{begun.version}"
    for name, file in files.items():
        upload.put(place, name, file)
    upload.commit(place)
    made = begun.now()
    return made.wait() if wait else made


def _numbered(bump: str | None, version: str | None) -> dict[str, str]:
    if version is None:
        chosen = bump or "patch"
        if chosen in _BUMPS:
            return {"bump": chosen}
        raise BenchtopError("bad_version", f'{bump!r} is no step of versions; give bump="patch", "minor" or "major".')
    if bump is not None or not _VERSION.fullmatch(version):
        raise BenchtopError(
            "bad_version", 'Give a version of three numbers, version="1.2.3", or a step, bump="minor"; not both.'
        )
    return {"version": version}


def _expected(given: Any, servable: Servable, sample: Sample) -> Tensors:
    """Arrays by output of what was given: of a mapping, or of the only output."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        named = dict(given)
    elif len(servable.outputs) == 1:
        named = {next(iter(servable.outputs)): given}
    else:
        raise BenchtopError(
            "bad_expected", f"The model has the outputs {', '.join(servable.outputs)}; give expected={{name: array}}."
        )
    return {name: sample.rows_of(array) for name, array in named.items()}


def _sample(servable: Servable, wanted: Tensors, tolerance: Tolerance) -> dict[str, Any]:
    """The sample as a request, and its answer: the model's own where it has one, in the types of the converted one."""
    answers = {
        name: _typed(as_shaped(np.asarray(wanted[name]), answer, name), answer) if name in wanted else answer
        for name, answer in servable.outputs.items()
    }
    return {
        "inputs": [to_json(*each) for each in servable.inputs.items()],
        "outputs": [to_json(*each) for each in answers.items()],
        "tolerance": tolerance.as_json(),
    }


def _typed(wanted: Any, answer: Any) -> Any:
    return wanted.astype(answer.dtype)


def _numbers(metrics: Mapping[str, Any]) -> dict[str, float]:
    try:
        return {str(name): float(value) for name, value in metrics.items()}
    except (TypeError, ValueError):
        raise BenchtopError(
            "bad_metrics", f'Metrics are numbers by name, such as {{"auc": 0.91}}; not {metrics!r}.'
        ) from None


def _datasets(inputs: Sequence[Any] | None) -> list[dict[str, Any]]:
    """Those that are named, or all that this process has read."""
    if inputs is None:
        return [{"name": name, "version": version} for name, version in read_here().items()]
    return [
        {"name": each} if isinstance(each, str) else {"name": each.name, "version": each.version.number}
        for each in inputs
    ]


def _made_by(client: Client, run: Any) -> dict[str, Any]:
    run_id = active_run() if run is None else run if isinstance(run, str) else run.info.run_id
    return {**({"runId": run_id} if run_id else {}), **made_here(client.environment)}


def _files(files: Files | None) -> dict[str, FileToSend]:
    if files is None:
        return {}
    named = files if isinstance(files, Mapping) else {Path(each).name: each for each in files}
    for name in named:
        if name in _RESERVED or name in ("model.onnx", "model.pt"):
            raise BenchtopError(
                "bad_file", f"{name} is a name that Benchtop itself writes; call the file something else."
            )
    return {name: FileToSend(content) for name, content in named.items()}
