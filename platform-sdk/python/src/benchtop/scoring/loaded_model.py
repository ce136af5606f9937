"""A published model in this process: its file is kept by its hash, and compared with it each time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchtop.client import Client
from benchtop.data.needs import need
from benchtop.errors import BenchtopError
from benchtop.fields import Fields
from benchtop.models.foreign import told_as
from benchtop.models.onnx_model import CLASSES, COLUMNS, spec_of
from benchtop.models.registry import model_of, path_of, version_of
from benchtop.models.tensors import Tensors
from benchtop.models.version import ModelVersion

_FILE = "model.onnx"
_ERRORS_ONLY = 3


@dataclass(frozen=True)
class ChosenModel:
    """A version that can be scored with, and the SHA-256 that its manifest says of the file."""

    version: ModelVersion
    sha256: str

    def __str__(self) -> str:
        return f"{self.version.model} {self.version.version}"

    @staticmethod
    def of(client: Client, model: str | ModelVersion, version: str | None) -> ChosenModel:
        """Finds it by a version, an alias, or as the newest one.

        Raises:
            BenchtopError: ``bad_name``, ``not_found``, ``no_version``, ``not_ready``, ``not_scorable``.
        """
        chosen = _version(client, model, version)
        name = f"{chosen.model} {chosen.version}"
        if chosen.state != "READY":
            raise BenchtopError("not_ready", f"{name} is {chosen.state}. {chosen.state_message}".rstrip())
        if chosen.format != "onnx" or not chosen.servable:
            what = "TorchScript" if chosen.format == "torchscript" else "no ONNX"
            raise BenchtopError(
                "not_scorable",
                f"{name} is {what}, and only ONNX is run here: nothing else is loaded into a notebook. "
                "Publish the model as ONNX, or ask an endpoint.",
            )
        for file in Fields(chosen.manifest, "manifest").objects("files"):
            if file.text("path") == _FILE:
                return ChosenModel(chosen, file.text("sha256"))
        raise BenchtopError("not_scorable", f"{name} has no file {_FILE}. Publish it with bt.publish.")


class LoadedModel:
    """A model that ONNX Runtime has loaded. Threads may share it.

    Attributes:
        inputs: specs in the protocol's words.
        outputs: the same.
        columns: of its only input, as it was published; empty if nobody told them.
        classes: of its probabilities; empty if nobody told them.
    """

    def __init__(self, name: str, content: bytes) -> None:
        runtime = need("onnxruntime", "score with a model")
        options = runtime.SessionOptions()
        options.log_severity_level = _ERRORS_ONLY
        options.use_deterministic_compute = True
        self._name = name
        with told_as("not_loadable", f"ONNX Runtime does not load {name}"):
            self._session = runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self.inputs = [spec_of(each) for each in self._session.get_inputs()]
        self.outputs = [spec_of(each) for each in self._session.get_outputs()]
        notes = self._session.get_modelmeta().custom_metadata_map
        self.columns = _words(notes, COLUMNS)
        self.classes = _words(notes, CLASSES)

    @staticmethod
    def of(chosen: ChosenModel, cache: Path) -> LoadedModel:
        """Loads it from the file that is here, or is fetched.

        Raises:
            BenchtopError: ``version_changed`` where the file is not what the manifest says; ``not_loadable``,
                ``package_missing``, ``service_unreachable``.
        """
        return LoadedModel(str(chosen), _content(chosen, cache / "models" / f"{chosen.sha256}.onnx"))

    def __str__(self) -> str:
        return self._name

    def run(self, tensors: Tensors, of: str) -> Tensors:
        """Its answers.

        Args:
            tensors: by input.
            of: whose rows these are, such as the name of a file.

        Raises:
            BenchtopError: ``not_scored``.
        """
        with told_as("not_scored", f"{self._name} does not take rows of {of}"):
            answers = self._session.run(None, tensors)
        return {each["name"]: np.asarray(answer) for each, answer in zip(self.outputs, answers, strict=True)}


def _version(client: Client, model: str | ModelVersion, version: str | None) -> ModelVersion:
    if isinstance(model, ModelVersion):
        return model.now() if version is None else version_of(client, model.model, version)
    path_of(model)
    if version is not None:
        return version_of(client, model, version)
    latest = model_of(client, model).latest
    if latest is None:
        raise BenchtopError("no_version", f"{model} has no version that is ready. Publish one: bt.publish(…)")
    return latest


def _content(chosen: ChosenModel, file: Path) -> bytes:
    try:
        kept = file.read_bytes()
    except FileNotFoundError:
        kept = b""
    if _is(kept, chosen.sha256):
        return kept
    fetched = chosen.version.read_file(_FILE)
    if not _is(fetched, chosen.sha256):
        raise BenchtopError(
            "version_changed",
            f"{_FILE} of {chosen} is not what its manifest says (its SHA-256 differs), so it is not loaded. "
            "Try again; if it stays so, tell an administrator.",
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(fetched)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return fetched


def _is(content: bytes, sha256: str) -> bool:
    return hashlib.sha256(content).hexdigest() == sha256


def _words(notes: Mapping[str, str], name: str) -> list[str]:
    try:
        words: Any = json.loads(notes.get(name, "[]"))
    except ValueError:
        return []
    return words if isinstance(words, list) and all(isinstance(each, str) for each in words) else []
