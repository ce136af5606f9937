"""Tensors as the Open Inference Protocol writes them: as JSON, and as raw bytes (its binary extension).

See https://github.com/kserve/open-inference-protocol.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

from benchtop.errors import BenchtopError

Tensors = dict[str, Any]
"""numpy arrays by the names of inputs or outputs."""

_NUMPY = {
    "BOOL": "?", "UINT8": "u1", "UINT16": "<u2", "UINT32": "<u4", "UINT64": "<u8", "INT8": "i1", "INT16": "<i2",
    "INT32": "<i4", "INT64": "<i8", "FP16": "<f2", "FP32": "<f4", "FP64": "<f8",
}  # fmt: skip
_DATATYPES = {np.dtype(code): name for name, code in _NUMPY.items()}
_NOT_IN_JSON = ("FP16", "BF16")


def datatype_of(array: Any, name: str) -> str:
    """What the protocol calls an array's type.

    Raises:
        BenchtopError: ``bad_tensor`` for types that it has no word for.
    """
    if array.dtype.kind in "OUST":
        return "BYTES"
    found = _DATATYPES.get(array.dtype.newbyteorder("<"))
    if found is None:
        raise BenchtopError(
            "bad_tensor", f"{name!r} is an array of {array.dtype}; give numbers, truth values, texts or bytes."
        )
    return found


def dtype_of(datatype: str) -> Any:
    """numpy's type of numbers; None for texts, and for what numpy has none for."""
    return np.dtype(_NUMPY[datatype]) if datatype in _NUMPY else None


def to_json(name: str, array: Any) -> dict[str, Any]:
    """A tensor with its elements in row-major order.

    Raises:
        BenchtopError: ``bad_tensor`` for what JSON cannot carry: half precision, and NaN or infinity.
    """
    datatype = datatype_of(array, name)
    if datatype in _NOT_IN_JSON:
        raise BenchtopError(
            "bad_tensor", f"{name!r} is of half precision, which a sample cannot hold. Let the model take FP32."
        )
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise BenchtopError(
            "bad_tensor", f"{name!r} has NaN or infinite values, which a sample cannot hold. Give rows without them."
        )
    data = [_text(each) for each in array.ravel()] if datatype == "BYTES" else array.ravel().tolist()
    return {"name": name, "datatype": datatype, "shape": list(array.shape), "data": data}


def from_json(tensor: Mapping[str, Any]) -> Any:
    """An array of a tensor in JSON, nested or flat."""
    datatype = tensor["datatype"]
    kind = object if datatype == "BYTES" else _numpy(datatype)
    return np.array(tensor["data"], dtype=kind).reshape(tensor["shape"])


def to_bytes(array: Any, name: str) -> bytes:
    """The raw tensor: little-endian, row-major; texts and bytes each with their length before them."""
    datatype = datatype_of(array, name)
    if datatype != "BYTES":
        return bytes(np.ascontiguousarray(array, dtype=_NUMPY[datatype]).tobytes())
    pieces = [each if isinstance(each, bytes) else str(each).encode() for each in array.ravel()]
    return b"".join(struct.pack("<I", len(piece)) + piece for piece in pieces)


def from_bytes(datatype: str, shape: list[int], raw: bytes) -> Any:
    """An array of a raw tensor; BF16, which numpy has no type for, comes as float32."""
    if datatype == "BYTES":
        return np.array(_strings(raw), dtype=object).reshape(shape)
    if datatype == "BF16":
        return (np.frombuffer(raw, "<u2").astype("<u4") << 16).view("<f4").reshape(shape)
    return np.frombuffer(raw, _numpy(datatype)).reshape(shape)


def _numpy(datatype: str) -> str:
    if datatype not in _NUMPY:
        raise BenchtopError("unexpected_answer", f"{datatype} is no type of tensors that this SDK knows.")
    return _NUMPY[datatype]


def _strings(raw: bytes) -> list[str | bytes]:
    found: list[str | bytes] = []
    at = 0
    while at < len(raw):
        (length,) = struct.unpack_from("<I", raw, at)
        piece = raw[at + 4 : at + 4 + length]
        at += 4 + length
        try:
            found.append(piece.decode())
        except UnicodeDecodeError:
            found.append(piece)
    return found


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
