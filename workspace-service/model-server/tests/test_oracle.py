"""The same bytes to a real Triton and to ours: status, the headers that clients look at, and the JSON must be the same.

Where ours differs on purpose, the case says how and why, and the test fails when that is no longer so.
"""

import gzip
import http.client
import json
import struct
import zlib
from dataclasses import dataclass, field

import numpy as np
import pytest

INFER = "/v2/models/iris/infer"
ROW = [5.1, 3.5, 1.4, 0.2]


def request(**changes):
    given = {"name": "X", "shape": [1, 4], "datatype": "FP32", "data": ROW} | changes.pop("input", {})
    return json.dumps({"inputs": [given], **changes}).encode()


def binary(size=16, **changes):
    given = {"name": "X", "shape": [1, 4], "datatype": "FP32", "parameters": {"binary_data_size": size}}
    return json.dumps({"inputs": [given], **changes}).encode(), struct.pack("<4f", *ROW)


@dataclass
class Case:
    name: str
    method: str = "POST"
    path: str = INFER
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    # What is different: Triton's and ours, members of the JSON or all of it; and the reason.
    status: tuple | None = None
    content_type: tuple | None = None
    members: tuple = ()
    json: bool = True
    why: str = ""


def raw(name, *, length=None, size=16, **changes):
    head, tensor = binary(size, **changes)
    headers = {"Inference-Header-Content-Length": str(len(head) if length is None else length)}
    return Case(name, body=head + tensor, headers=headers)


def get(name, path, **differences):
    return Case(name, "GET", path, **differences)


IN_WORDS = {
    "content_type": ("text/plain", "application/json"),
    "json": False,
    "why": "the protocol has a body here; Triton's is empty",
}
RUNTIME = {"members": ("platform",), "why": "Triton names its backend"}
OURS = {"status": (500, 400), "why": "what a client sent wrong is no failure of the server"}
LABEL = {"outputs": [{"name": "label"}]}
CASES = [
    get("live", "/v2/health/live", **IN_WORDS),
    get("ready", "/v2/health/ready", **IN_WORDS),
    get("server", "/v2", members=("name", "version", "extensions"), why="who it is and what it can"),
    get("model", "/v2/models/iris", **RUNTIME),
    get("model version", "/v2/models/iris/versions/1", **RUNTIME),
    get("model ready", "/v2/models/iris/ready", **IN_WORDS),
    get("model version ready", "/v2/models/iris/versions/1/ready", **IN_WORDS),
    get("unknown model", "/v2/models/none"),
    get("unknown version", "/v2/models/iris/versions/9"),
    get("unknown model ready", "/v2/models/none/ready", status=(400, 404), why="it is not there, as everywhere else"),
    get("config", "/v2/models/iris/config", json=False, why="Triton has many settings; see test_config"),
    get("statistics", "/v2/models/iris/stats", json=False, why="they count other requests"),
    get("unknown path", "/v2/nothing"),
    get("infer by GET", INFER),
    Case("index", path="/v2/repository/index", json=False, why="ours has more models"),
    Case("flat", body=request()),
    Case("nested", body=request(input={"data": [ROW]})),
    Case("two rows", body=request(input={"shape": [2, 4], "data": [ROW, ROW]})),
    Case("version", path="/v2/models/iris/versions/1/infer", body=request()),
    Case("id", body=request(id="q-1")),
    Case("one output", body=request(**LABEL)),
    Case("parameters", body=request(parameters={"a": 1, "b": "c", "d": True})),
    raw("raw input"),
    raw("raw output", parameters={"binary_data_output": True}),
    raw("one raw output", outputs=[{"name": "label", "parameters": {"binary_data": True}}, {"name": "probabilities"}]),
    Case("gzip", body=gzip.compress(request()), headers={"Content-Encoding": "gzip"}),
    Case("deflate", body=zlib.compress(request()), headers={"Content-Encoding": "deflate"}),
    Case("content type of something else", body=request(), headers={"Content-Type": "text/plain"}),
    Case("shape", body=request(input={"shape": [1, 3], "data": [1, 2, 3]})),
    Case("rank", body=request(input={"shape": [4]})),
    Case("too little data", body=request(input={"data": [1, 2, 3]}), **OURS),
    Case("too much data", body=request(input={"data": [1, 2, 3, 4, 5]}), **OURS),
    Case("negative shape", body=request(input={"shape": [-1, 4]}), **OURS),
    Case("type", body=request(input={"datatype": "INT64", "data": [1, 2, 3, 4]})),
    Case("unknown type", body=request(input={"datatype": "FLOAT"})),
    Case("unknown input", body=request(input={"name": "Y"})),
    Case("unknown output", body=request(outputs=[{"name": "none"}])),
    Case("no inputs", body=b'{"inputs":[]}'),
    Case("text for a number", body=request(input={"data": [1, 2, "a", 4]}), **OURS),
    raw("too few bytes", size=12),
    raw("too many bytes", size=400),
    raw("length of the JSON too large", length=4000),
    raw("length of the JSON is no number", length="many"),
    Case("unknown model's infer", path="/v2/models/none/infer", body=request()),
    Case("unknown version's infer", path="/v2/models/iris/versions/9/infer", body=request()),
    Case("no JSON", body=b"nonsense", **OURS),
    Case("cut JSON", body=b'{"inputs":[', **OURS),
    Case("empty body", status=(200, 400), why="Triton takes it for a raw tensor without rows and without JSON"),
    Case("JSON of another kind", body=b"[]", **OURS),
    Case("unknown compression", body=request(), headers={"Content-Encoding": "br"}, status=(501, 400), why="as above"),
]


def send(port, case):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(case.method, case.path, case.body or None, case.headers)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def tensors(answer, body):
    """The JSON, with raw tensors as data."""
    length = answer.getheader("Inference-Header-Content-Length")
    if not length:
        return json.loads(body) if body else None
    document = json.loads(body[: int(length)])
    at = int(length)
    for output in document["outputs"]:
        size = output["parameters"].pop("binary_data_size", None) if "parameters" in output else None
        if size is not None:
            kind = {"INT64": np.int64, "FP32": np.float32}[output["datatype"]]
            output["raw"] = np.frombuffer(body[at : at + size], kind).tolist()
            at += size
    assert at == len(body)
    return document


def same(one, other):
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return other == pytest.approx(one, rel=1e-4, abs=1e-6)
    return one == other


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_is_answered_as_triton_answers(server, triton_server, case):
    theirs, their_body = send(triton_server["http"], case)
    ours, our_body = send(server["http"], case)
    said = f"Triton {theirs.status} {their_body!r}, ours {ours.status} {our_body!r}"

    assert (theirs.status, ours.status) == (case.status or (theirs.status, theirs.status)), said
    if ours.status >= 400:
        assert list(json.loads(our_body)) == ["error"], said
        return
    types = (theirs.getheader("content-type"), ours.getheader("content-type"))
    assert types == (case.content_type or (types[0], types[0])), said
    assert bool(theirs.getheader("Inference-Header-Content-Length")) == bool(
        ours.getheader("Inference-Header-Content-Length")
    ), said
    if case.json:
        one, other = tensors(theirs, their_body), tensors(ours, our_body)
        for member in case.members:
            assert one.pop(member) != other.pop(member), said
        assert same(one, other), said


def test_config_describes_the_same_tensors(server, triton_server):
    case = get("config", "/v2/models/iris/config")
    theirs, ours = (json.loads(send(ports["http"], case)[1]) for ports in (triton_server, server))
    for kind in ("input", "output"):
        tensors_of = [[(t["name"], t["data_type"], t["dims"]) for t in config[kind]] for config in (theirs, ours)]
        assert tensors_of[0] == tensors_of[1]
