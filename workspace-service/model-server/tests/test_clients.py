"""Clients whose generated messages cannot share a process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("client", ["open_inference", "kserve"])
def test_an_unmodified_client_is_satisfied(way_to, client):
    script = Path(__file__).with_name(f"client_{client}.py")
    # By standard input: a token is nobody else's to see.
    told = json.dumps(way_to("iris").told())
    done = subprocess.run([sys.executable, str(script)], input=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
