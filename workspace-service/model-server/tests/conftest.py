"""A real server with the Java tests' models for other people's clients, the same models behind endpoints, and a real Triton."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
from pathlib import Path

import pytest
import ways
from platform_process import free_port
from stack import Stack, data_folder

HERE = Path(__file__).resolve().parent
MODULE = HERE.parent
MODELS = MODULE / "src/test/resources/models"
PATIENCE = 120
MEASURED = []


@pytest.fixture(scope="session")
def measured():
    """Notes a measurement, printed at the end of the run; no test asserts it."""
    return MEASURED.append


def pytest_terminal_summary(terminalreporter):
    if MEASURED:
        terminalreporter.section("measured")
        for line in MEASURED:
            terminalreporter.write_line(line)


def end(process):
    """The group, because Triton's backend is a process of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait(process, log, ready):
    limit = time.monotonic() + PATIENCE
    while not ready():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < limit, log.read_text()
        time.sleep(0.05)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Ports of a running server."""
    folder = tmp_path_factory.mktemp("server")
    ready = folder / "ready.json"
    log = folder / "log"
    java = Path(os.environ["JAVA_HOME"]) / "bin/java" if "JAVA_HOME" in os.environ else "java"
    models = [word for model in sorted(MODELS.iterdir()) for word in ("--model", f"{model.name}={model}")]
    path = f"{MODULE}/target/benchtop-model-server.jar:{MODULE}/target/lib/*"
    command = [str(java), "--enable-native-access=ALL-UNNAMED", "-cp", path, "io.benchtop.modelserver.Main", "serve"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, *models, "--ready-file", str(ready)], stdout=out, stderr=out, start_new_session=True
        )
    try:
        wait(process, log, ready.exists)
        yield json.loads(ready.read_text())
    finally:
        end(process)


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    """A running `./benchtop up`; the first time it prepares the notebooks' environment, which takes a minute or two."""
    running = Stack(data_folder(lambda: tmp_path_factory.mktemp("benchtop")))
    yield running
    running.close()


@pytest.fixture(scope="session")
def endpoint_ways(stack):
    """Ways through endpoints, each made when it is first wanted."""
    known = {}

    def way(model):
        if model not in known:
            known[model] = ways.through_endpoint(stack, model, MODELS / model)
        return known[model]

    return way


@pytest.fixture(params=["direct", "endpoint"])
def way_to(request):
    """By the name of a model: what a client must be told. Every test that asks for this runs once for each way."""
    if request.param == "endpoint":
        return request.getfixturevalue("endpoint_ways")
    server = request.getfixturevalue("server")
    return lambda model: ways.direct(server, model)


def answers(address):
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def triton_server(tmp_path_factory):
    """Ports of a real Triton, out of pytriton's wheel, whose python backend runs the same file in ONNX Runtime."""
    pytest.importorskip("pytriton", reason="nvidia-pytriton is for Linux on x86-64")
    site = Path(sysconfig.get_paths()["purelib"])
    triton = site / "pytriton/tritonserver"
    folder = tmp_path_factory.mktemp("triton")
    # The wheel keeps one stub of the backend for each Python; Triton wants the right one beside the backend.
    backend = shutil.copytree(triton / "backends/python", folder / "backends/python")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    shutil.copy(triton / "python_backend_stubs" / version / "triton_python_backend_stub", backend)
    ports = {"http": free_port(), "grpc": free_port()}
    log = folder / "log"
    libraries = [site / "nvidia_pytriton.libs", sysconfig.get_config_var("LIBDIR")]
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(site),
        "LD_LIBRARY_PATH": ":".join(map(str, libraries)),
        "BENCHTOP_MODELS": str(MODELS),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with log.open("w") as out:
        process = subprocess.Popen(
            [
                str(triton / "bin/tritonserver"),
                *("--model-repository", str(HERE / "triton")),
                *("--backend-directory", str(folder / "backends")),
                *("--http-address", "127.0.0.1", "--http-port", str(ports["http"])),
                *("--grpc-address", "127.0.0.1", "--grpc-port", str(ports["grpc"])),
                *("--allow-metrics", "false", "--disable-auto-complete-config"),
                *("--model-control-mode", "explicit", "--load-model", "iris"),
            ],
            stdout=out,
            stderr=out,
            env=environment,
            start_new_session=True,
        )
    try:
        wait(process, log, lambda: answers(f"http://127.0.0.1:{ports['http']}/v2/health/ready"))
        yield ports
    finally:
        end(process)
