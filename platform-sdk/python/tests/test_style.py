"""The checks a reviewer should not have to do."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
IMAGES = PROJECT.parents[1] / "kernel-images"
BENCHMARK = PROJECT.parents[1] / "workspace-service" / "benchmark"
MODEL_SERVER = PROJECT.parents[1] / "workspace-service" / "model-server"
ELSEWHERE = [
    *(str(folder) for folder in (IMAGES, BENCHMARK)),
    *(str(MODEL_SERVER / folder) for folder in ("tests", "benchmark", "src/test/models")),
]
SETTINGS = ["--config", str(PROJECT / "pyproject.toml")]


@pytest.mark.parametrize(
    "check",
    [
        ["ruff", "format", "--check", *SETTINGS, ".", *ELSEWHERE],
        ["ruff", "check", *SETTINGS, ".", *ELSEWHERE],
        ["mypy"],
    ],
    ids=["format", "lint", "types"],
)
def test_has_nothing_to_say(check):
    said = subprocess.run([sys.executable, "-m", *check], cwd=PROJECT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
