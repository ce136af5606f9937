"""Replays platform-sdk/cases: the same situations the Java SDK replays."""

import base64
import json
import re
from base64 import b64decode
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

from benchtop.client import Client
from benchtop.data.catalogue import Catalogue
from benchtop.errors import BenchtopError
from benchtop.model import User
from benchtop.workspaces import keep_alive_of, workspace_of
from scripted_service import ScriptedService, free_port

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.json"))

VERBS = {
    "whoami": lambda client: User.read(client.get("/api/v1/me")),
    "workspace": workspace_of,
    "resources": lambda client: workspace_of(client).resources(),
    "keepAlive": lambda client, **arguments: keep_alive_of(client, **arguments),
    "datasets": lambda client, search: {"names": [each.name for each in Catalogue(client).all(search)]},
    "rows": lambda client, dataset, **chosen: {"rows": Catalogue(client).one(dataset).to_arrow(**chosen).to_pylist()},
    "file": lambda client, dataset, path: {"base64": encoded(Catalogue(client).one(dataset), path)},
    "write": lambda client, **arguments: write(client, **arguments),
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_replays(path: Path, tmp_path: Path):
    # Given
    case = json.loads(path.read_text(encoding="utf-8"))
    token = tmp_path / "token"
    token.write_text("case-token\n")
    waits = []
    with ScriptedService(case["exchanges"], token, case.get("renewedToken")) as service:
        environment = {
            "BENCHTOP_URL": f"http://127.0.0.1:{free_port()}" if case.get("unreachable") else service.url,
            "BENCHTOP_WORKSPACE": "ws_7kq2m4xw3abc",
            "BENCHTOP_USER": "alice",
            "BENCHTOP_TOKEN_FILE": str(token),
        }
        client = Client({} if case.get("outside") else environment, waits.append)

        # When
        outcome = call(client, case["call"])

    # Then
    expect = case["expect"]
    if "error" in expect:
        assert isinstance(outcome, BenchtopError), outcome
        assert outcome.code == expect["error"]["code"]
        for piece in expect["error"]["messageContains"]:
            assert piece.lower() in outcome.message.lower()
    else:
        assert as_json(outcome) == with_instants(expect["value"])
    assert waits == case.get("waits", [])
    assert service.complaints == []
    assert service.left == []


def test_every_verb_has_a_value_and_an_error_somewhere():
    # Given
    seen = {(case["call"]["verb"], next(iter(case["expect"]))) for case in map(read, CASES)}

    # Then
    assert {verb for verb, kind in seen if kind == "value"} == set(VERBS)


def encoded(dataset, path):
    with dataset.open(path) as file:
        return base64.b64encode(file.read()).decode()


def write(client, dataset, note, path, base64, fails=False):
    try:
        with Catalogue(client).writer(dataset, note) as writer:
            writer.file(path, b64decode(base64))
            if fails:
                raise KeyError("the work around it")
    except KeyError:
        return {"failed": True}
    return {"number": writer.version.number}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def call(client, asked):
    try:
        return VERBS[asked["verb"]](client, **asked["arguments"])
    except BenchtopError as error:
        return error


def as_json(value):
    if isinstance(value, dict):
        return value
    public = [field.name for field in fields(value) if not field.name.startswith("_")]
    return {re.sub("_(.)", lambda m: m[1].upper(), name): getattr(value, name) for name in public}


def with_instants(value):
    return {
        name: datetime.fromisoformat(v) if name in ("until", "keepAliveUntil") and v else v for name, v in value.items()
    }
