"""Asks an endpoint for answers by the Open Inference Protocol, tensors as raw bytes.

See https://github.com/kserve/open-inference-protocol and its binary extension.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any
from urllib.parse import quote

import numpy as np

from benchtop.client import Client, json_object, seconds_until_again
from benchtop.data.wire import BROKEN, Reply, Wire, reason
from benchtop.durations import seconds_of
from benchtop.errors import BenchtopError
from benchtop.models.tensors import Tensors, datatype_of, dtype_of, from_bytes, from_json, to_bytes
from benchtop.serving.state import State

# Kinds of numpy's types that may become another without being other numbers.
_HARMLESS = {("f", "f"), ("i", "f"), ("u", "f"), ("b", "f"), ("i", "i"), ("u", "i"), ("b", "i")}
_HEADER_LENGTH = "Inference-Header-Content-Length"
_BUSY = (429, 503)
_SOON_SECONDS = 60
_TRIES = 4
_SUBJECT = "X-Subject"
_CODES = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    413: "too_large",
    429: "too_many_requests",
    503: "service_unavailable",
    504: "timeout",
}


class Inference(dict[str, Any]):
    """Outputs by name, as numpy arrays.

    Attributes:
        version: of the model that has answered.
        arm: of an experiment, as the endpoint calls it; empty without.
    """

    def __init__(self, outputs: Tensors, version: str, arm: str) -> None:
        super().__init__(outputs)
        self.version = version
        self.arm = arm

    def __repr__(self) -> str:
        outputs = ", ".join(f"{name}: {array.dtype}{list(array.shape)}" for name, array in self.items())
        return f"Inference(version: {self.version}, {outputs})"


class InferenceClient:
    """Asks one endpoint. Connections are kept; threads may share it."""

    def __init__(self, client: Client, endpoint: State, timeout: float = 30) -> None:
        self._client = client
        self._endpoint = endpoint
        self._timeout = timeout
        self._wire = Wire(client, timeout)
        self._inputs: dict[str, Mapping[str, Any]] | None = None

    def infer(
        self,
        inputs: Mapping[str, Any],
        outputs: Sequence[str] | None = None,
        version: str | None = None,
        sticky: str | None = None,
        timeout: str | float | None = None,
    ) -> Inference:
        """Asks for the answers to some rows.

        Args:
            inputs: arrays by the names of the model's inputs. Numbers are sent in the type that it takes where that
                loses nothing but digits; a column may be flat.
            outputs: which; all if None.
            version: one version of those behind the endpoint, for its owner; the endpoint chooses if None.
            sticky: who asks: the same text gets the same version.
            timeout: how long it may take; as the client's if None.

        Raises:
            BenchtopError: ``bad_request`` with what the model wants instead, ``not_found``, ``forbidden``; after some
                tries ``too_many_requests`` and ``service_unavailable``; ``timeout``, ``service_unreachable``.
        """
        wire = self._wire if timeout is None else Wire(self._client, seconds_of(timeout))
        taken = self._taken(wire)
        arrays = {name: _array(given, taken.get(name)) for name, given in inputs.items()}
        head, body = _request(arrays, outputs)
        headers = {"Content-Type": "application/octet-stream", _HEADER_LENGTH: str(head)}
        if sticky is not None:
            headers[self._endpoint.sticky_header or _SUBJECT] = sticky
        with self._asked(wire, "POST", f"{self._path(version)}/infer", headers, body) as reply:
            return _inference(reply, _read(reply))

    def close(self) -> None:
        """Ends its connections; it may be used on."""
        self._wire.close()

    def _taken(self, wire: Wire) -> dict[str, Mapping[str, Any]]:
        """The model's inputs by name; asked once, since all versions of an endpoint take the same."""
        if self._inputs is None:
            with self._asked(wire, "GET", self._path(None), {}, None) as reply:
                told = json_object(reply.answer(), self._endpoint.name)
            self._inputs = {each["name"]: each for each in told.get("inputs") or ()}
        return self._inputs

    def _path(self, version: str | None) -> str:
        chosen = "" if version is None else f"/versions/{quote(version, safe='')}"
        return f"{self._endpoint.url}/v2/models/{self._endpoint.name}{chosen}"

    def _asked(
        self, wire: Wire, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> AbstractContextManager[Reply]:
        return _Asking(wire, self._endpoint.name, lambda: wire.ask(method, path, headers, body, repeatable=True))


class _Asking(AbstractContextManager[Reply]):
    """A good answer while it is read; a busy endpoint is asked again, and whatever breaks is told as what it means.

    One that says more than a minute, such as a day's quota that is used up, is not waited for.
    """

    def __init__(self, wire: Wire, name: str, ask: Callable[[], Reply]) -> None:
        self._wire, self._name, self._ask = wire, name, ask

    def __enter__(self) -> Reply:
        failures = 0
        while True:
            try:
                self._reply = self._ask()
                if self._reply.status < 300:
                    return self._reply
                with self._reply as refused:
                    content = _read(refused)
            except BROKEN as error:
                raise self._broken(error) from None
            failures += 1
            if not _is_worth_waiting_for(self._reply) or failures == _TRIES:
                raise _refusal(self._reply.status, content, self._name)
            self._wire.pause(self._reply, failures)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._reply.close()
        if isinstance(error, BROKEN):
            raise self._broken(error) from None

    def _broken(self, error: Exception) -> BenchtopError:
        if isinstance(error, TimeoutError):
            return BenchtopError(
                "timeout", f"{self._name} has not answered in time. Ask for fewer rows, or give timeout=."
            )
        return BenchtopError(
            "service_unreachable",
            f"{self._name} does not answer at {self._wire.client.address()} ({reason(error)}). Try again in a moment.",
        )


def _is_worth_waiting_for(refused: Reply) -> bool:
    return refused.status in _BUSY and seconds_until_again(refused.headers.get("Retry-After")) <= _SOON_SECONDS


def _array(given: Any, spec: Mapping[str, Any] | None) -> Any:
    array = given.to_numpy() if hasattr(given, "to_numpy") else np.asarray(given)
    if spec is None:
        return array
    wanted = dtype_of(spec["datatype"])
    if wanted is not None and (array.dtype.kind, wanted.kind) in _HARMLESS:
        array = array.astype(wanted)
    return array.reshape(-1, 1) if array.ndim == 1 and list(spec["shape"]) == [-1, 1] else array


def _request(arrays: Tensors, outputs: Sequence[str] | None) -> tuple[int, bytes]:
    """The length of the head, and head and tensors."""
    raw = {name: to_bytes(array, name) for name, array in arrays.items()}
    asked: dict[str, Any] = {
        "parameters": {"binary_data_output": True},
        "inputs": [
            {
                "name": name,
                "datatype": datatype_of(array, name),
                "shape": list(array.shape),
                "parameters": {"binary_data_size": len(raw[name])},
            }
            for name, array in arrays.items()
        ],
    }
    if outputs is not None:
        asked["outputs"] = [{"name": name, "parameters": {"binary_data": True}} for name in outputs]
    head = json.dumps(asked, ensure_ascii=False).encode()
    return len(head), b"".join([head, *raw.values()])


def _read(reply: Reply) -> bytes:
    pieces = []
    while piece := reply.read(1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def _inference(reply: Reply, content: bytes) -> Inference:
    try:
        head = int(reply.headers.get(_HEADER_LENGTH) or len(content))
        told, at, outputs = json.loads(content[:head]), head, {}
        for tensor in told["outputs"]:
            size = (tensor.get("parameters") or {}).get("binary_data_size")
            if size is None:
                outputs[tensor["name"]] = from_json(tensor)
                continue
            outputs[tensor["name"]] = from_bytes(tensor["datatype"], tensor["shape"], content[at : at + size])
            at += size
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BenchtopError(
            "unexpected_answer",
            "The answer is none of the Open Inference Protocol; something in between may have answered instead.",
        ) from None
    version = reply.headers.get("X-Model-Version") or told.get("model_version") or ""
    return Inference(outputs, version, reply.headers.get("X-Experiment-Arm") or "")


def _refusal(status: int, content: bytes, name: str) -> BenchtopError:
    try:
        told = json.loads(content)
        said = told.get("error") or told.get("detail")
    except (ValueError, AttributeError):
        said = None
    code = _CODES.get(status, "inference_failed")
    return BenchtopError(code, str(said) if said else f"{name} has answered with status {status} and no explanation.")
