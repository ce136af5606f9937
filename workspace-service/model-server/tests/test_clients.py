"""Clients whose generated messages cannot share a process."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("client", ["open_inference", "kserve"])
def test_an_unmodified_client_is_satisfied(server, client):
    script = Path(__file__).with_name(f"client_{client}.py")
    ports = [str(server["http"]), str(server["grpc"])]
    done = subprocess.run([sys.executable, str(script), *ports], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
