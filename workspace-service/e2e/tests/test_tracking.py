"""MLflow's own client, unmodified, against Benchtop; and the same session against a real MLflow server beside it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import new_context
from journeys import api_token, person
from mlflow_server import QUIET, mlflow_server
from platform_process import REPOSITORY, Platform
from playwright.sync_api import Browser, Page

SESSION = Path(__file__).with_name("mlflow_session.py")

# What a session sees that differs, ours and MLflow's, and why ours is right.
KNOWN_DIFFERENCES = {
    # Every verb may be repeated: a client that lost the answer asks again.
    "deleted again": ("not refused", "RESOURCE_DOES_NOT_EXIST"),
    "restored again": ("not refused", "RESOURCE_DOES_NOT_EXIST"),
    # Both refuse, but MLflow with 500, whose clients then ask for minutes.
    "a deleted one renamed": ("INVALID_PARAMETER_VALUE", "INTERNAL_ERROR"),
    "models with colour = 'red'": ("INVALID_PARAMETER_VALUE", "INTERNAL_ERROR"),
    # MLflow's tables hold no infinite numbers; ours do.
    "metrics that are no numbers": (["-inf", "nan"], ["-1.7976931348623157e+308", "nan"]),
    # MLflow takes lists for run_id only; there is no reason to.
    "status IN ('KILLED') []": (["network"], "INVALID_PARAMETER_VALUE"),
    # An empty file has a size, which is none.
    "files in tree": (
        [["tree/deep", True, None], ["tree/empty", False, 0]],
        [["tree/deep", True, None], ["tree/empty", False, None]],
    ),
    # MLflow leaves them out where runs are searched, though not where one is asked for.
    "models read, found by a search": (2, 0),
    # MLflow's server takes a digest that nobody named for an empty one, and finds nothing.
    "models 'metrics.accuracy > 0.4' [{'dataset_name': 'test'}] [{'field_name': 'name'}]": (["logistic-strong"], []),
    "models \"metrics.accuracy >= 0.01 AND params.C = '0.01'\" [{'dataset_name': 'train'}] None": (
        ["logistic-weak"],
        [],
    ),
    "models '' [{'dataset_name': 'train'}] [{'field_name': 'name'}]": (["logistic-strong", "logistic-weak"], []),
    # We give values by step and then by time, as they are drawn and as they lie in the table; MLflow by time, then by step.
    "the first of a history": ([[0, 2.0], [1, 1.99]], [[3, 7.0], [0, 2.0]]),
}

# Fields of the servers' own JSON that one of them alone has: words of Databricks for errors, and MLflow's tenants.
ONE_SIDED = ("error_class", "sqlstate", "workspace")


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in a process of its own, since MLflow's client reads its environment once."""
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done


def session(uri: str, seen: Path, **environment: str) -> tuple[dict, set[str]]:
    """What it saw, and of what it warned."""
    # A server that answers 500 is asked once, not for minutes.
    done = python(str(SESSION), uri, str(seen), MLFLOW_HTTP_REQUEST_MAX_RETRIES="0", **QUIET, **environment)
    return without_one_sided(json.loads(seen.read_text())), warnings_in(done.stdout + done.stderr)


def without_one_sided(value):
    if isinstance(value, dict):
        return {key: without_one_sided(part) for key, part in value.items() if key not in ONE_SIDED}
    if isinstance(value, list):
        return [without_one_sided(part) for part in value if part not in ONE_SIDED]
    return value


def warnings_in(output: str) -> set[str]:
    """Without what differs each time, which is when and of which run, and without sentences of the servers' own."""
    warned = [line for line in output.splitlines() if re.search(r"warning|error", line, re.IGNORECASE)]
    varying = r"[0-9a-f]{32}|^\d+/\d+/\d+ [\d:]+ |http://[\w.:]+|\b\d{15,}\b"
    return {re.sub(r"([A-Z]+(?:_[A-Z]+)+):.*", r"\1", re.sub(varying, "", line)) for line in warned}


@pytest.fixture(scope="module")
def token(chromium: Browser, platform: Platform, admin: Page):
    """Of somebody who has no experiments yet, as the MLflow server has none."""
    page = person(new_context(chromium), platform, admin, "mary")
    yield api_token(page, platform, "mlflow")
    page.context.close()


# On a cluster there is no place for files of runs yet; what needs none is tried there below.
@pytest.mark.local
def test_an_unmodified_client_sees_what_a_real_mlflow_server_shows(platform: Platform, token: str, tmp_path: Path):
    # When
    ours, our_warnings = session(platform.url + "/mlflow", tmp_path / "ours.json", MLFLOW_TRACKING_TOKEN=token)
    with mlflow_server(tmp_path / "mlflow") as url:
        theirs, their_warnings = session(url, tmp_path / "theirs.json")

    # Then
    assert len(ours) > 170
    assert ours.keys() == theirs.keys()
    differing = {what: (mine, yours) for what, mine in ours.items() if mine != (yours := theirs[what])}
    assert differing == KNOWN_DIFFERENCES
    assert our_warnings <= their_warnings


def test_the_example_of_the_users_page_prints_the_best_run(platform: Platform, token: str):
    # Given
    [example] = re.findall(r"```python\n(.*?)```", (REPOSITORY / "docs" / "user.md").read_text(), re.DOTALL)

    # When
    printed = python("-c", example, MLFLOW_TRACKING_URI=platform.url + "/mlflow", MLFLOW_TRACKING_TOKEN=token)

    # Then
    assert printed.stdout.splitlines()[-1] == "depth 5 5 0.95"
