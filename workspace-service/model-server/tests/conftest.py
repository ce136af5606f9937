"""A real server with the Java tests' models, for other people's clients."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

MODULE = Path(__file__).resolve().parent.parent
MODELS = MODULE / "src/test/resources/models"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Ports of a running server."""
    ready = tmp_path_factory.mktemp("server") / "ready.json"
    java = Path(os.environ["JAVA_HOME"]) / "bin/java" if "JAVA_HOME" in os.environ else "java"
    models = [word for model in sorted(MODELS.iterdir()) for word in ("--model", f"{model.name}={model}")]
    path = f"{MODULE}/target/benchtop-model-server.jar:{MODULE}/target/lib/*"
    command = [str(java), "--enable-native-access=ALL-UNNAMED", "-cp", path, "io.benchtop.modelserver.Main", "serve"]
    process = subprocess.Popen([*command, *models, "--ready-file", str(ready), "--control"])
    try:
        end = time.monotonic() + 60
        while not ready.exists():
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server is not ready"
            time.sleep(0.05)
        yield json.loads(ready.read_text())
    finally:
        process.kill()
        process.wait()
