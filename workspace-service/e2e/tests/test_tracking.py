"""MLflow's own client, unmodified, against Benchtop; and the same session against MLflow's own store beside it."""

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
from platform_process import REPOSITORY, Platform
from playwright.sync_api import Browser, Page

SESSION = Path(__file__).with_name("mlflow_session.py")

# What a session sees that differs, ours and MLflow's, and why ours is right.
KNOWN_DIFFERENCES = {
    # The file store breaks inside; MLflow's REST server answers as we do.
    "half a batch": ("INVALID_PARAMETER_VALUE", "INTERNAL_ERROR"),
    # MLflow takes lists for run_id only; there is no reason to.
    "status IN ('KILLED') []": (["network"], "INVALID_PARAMETER_VALUE"),
}


def python(*arguments: str, **environment: str) -> str:
    """Runs Python in a process of its own, since MLflow's client reads its environment once; gives what it printed."""
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def session(uri: str, seen: Path, **environment: str) -> dict:
    python(str(SESSION), uri, str(seen), **environment)
    return dict(json.loads(seen.read_text()))


@pytest.fixture(scope="module")
def token(chromium: Browser, platform: Platform, admin: Page):
    """Of somebody who has no experiments yet, as MLflow's own store has none."""
    page = person(new_context(chromium), platform, admin, "mary")
    yield api_token(page, platform, "mlflow")
    page.context.close()


# On a cluster there is no place for files of runs yet; what needs none is tried there below.
@pytest.mark.local
def test_an_unmodified_client_sees_what_mlflows_own_store_shows(platform: Platform, token: str, tmp_path: Path):
    # When
    ours = session(platform.url + "/mlflow", tmp_path / "ours.json", MLFLOW_TRACKING_TOKEN=token)
    theirs = session(f"file:{tmp_path / 'runs'}", tmp_path / "theirs.json")

    # Then
    assert len(ours) > 70
    differing = {what: (ours.get(what), seen) for what, seen in theirs.items() if ours.get(what) != seen}
    assert differing == KNOWN_DIFFERENCES


def test_the_example_of_the_users_page_prints_the_best_run(platform: Platform, token: str):
    # Given
    [example] = re.findall(r"```python\n(.*?)```", (REPOSITORY / "docs" / "user.md").read_text(), re.DOTALL)

    # When
    printed = python("-c", example, MLFLOW_TRACKING_URI=platform.url + "/mlflow", MLFLOW_TRACKING_TOKEN=token)

    # Then
    assert printed.splitlines()[-1] == "depth 5 5 0.95"
