"""A real MLflow server beside Benchtop, to hear what it answers: one worker on loopback, SQLite and files in a folder of the test's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platform_process import free_port, wait_until

# What it does for language models would be some more processes, and telling its makers that it runs is not its task here.
QUIET = {
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    "MLFLOW_SERVER_JOB_ENABLE_PERIODIC_TASKS": "false",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
}


@contextmanager
def mlflow_server(folder: Path) -> Iterator[str]:
    """Gives its address once it answers; ends it and all that it started."""
    folder.mkdir(parents=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    said = folder / "server.log"
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--backend-store-uri", f"sqlite:///{folder / 'mlflow.db'}"]
    command += ["--serve-artifacts", "--artifacts-destination", str(folder / "artifacts")]
    with said.open("wb") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def answers() -> bool:
        if server.poll() is not None:
            raise AssertionError("the MLflow server ended:\n" + last_words())
        try:
            with urllib.request.urlopen(url + "/health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def last_words() -> str:
        return said.read_text(errors="replace")[-4000:]

    try:
        wait_until(answers, 300, f"{url}/health to answer", last_words)
        yield url
    finally:
        end(server)


def end(server: subprocess.Popen[bytes]) -> None:
    """Its workers are of its process group."""
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
