"""The checks a reviewer should not have to do; the rules are those of platform-sdk/python."""

import subprocess
import sys

import chart
import pytest

# Its sources are named relative to where ruff runs; here they would name other tests' modules.
SETTINGS = ["--config", str(chart.ROOT / "platform-sdk" / "python" / "pyproject.toml"), "--config", "src = []"]
PATHS = [str(chart.ROOT / "helm" / "tests"), str(chart.CHART / "files")]


@pytest.mark.parametrize(
    "check", [["format", "--check"], ["check", "--extend-ignore", "S,D,ANN,PL,BLE"]], ids=["format", "lint"]
)
def test_has_nothing_to_say(check):
    said = subprocess.run(
        [sys.executable, "-m", "ruff", *check, *SETTINGS, "--exclude", "target", *PATHS], capture_output=True, text=True
    )
    assert said.returncode == 0, said.stdout + said.stderr
