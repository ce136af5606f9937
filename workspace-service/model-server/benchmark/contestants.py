"""Those who answer: this server by itself and behind a whole Benchtop, the least that works, Triton and MLServer."""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULE = HERE.parent
SITE = Path(sysconfig.get_paths()["purelib"])
# How the tests put a model behind an endpoint of a `./benchtop up`.
sys.path += [str(MODULE / "tests"), str(MODULE.parent / "e2e/tests")]
from platform_process import free_port
from stack import Stack, data_folder

WIDTH = 100
ENDPOINT = "gbt"
PATIENCE = 180
LIMITS = {"requestsPerSecond": 1_000_000, "burst": 1_000_000, "clientInFlight": 10_000, "inFlight": 10_000}


@dataclass(frozen=True)
class Contestant:
    """Where one answers; `process` is None for what is not one process."""

    http: int
    grpc: int | None = None
    prefix: str = ""
    token: str | None = None
    process: subprocess.Popen | None = None

    def url(self, model="gbt"):
        return f"http://127.0.0.1:{self.http}{self.prefix}/v2/models/{model}/infer"

    def environment(self):
        """A token is no argument: those everybody sees."""
        return os.environ | ({} if self.token is None else {"BENCHTOP_TOKEN": self.token})


def java():
    return str(Path(os.environ["JAVA_HOME"]) / "bin/java") if "JAVA_HOME" in os.environ else "java"


def program():
    path = f"{MODULE}/target/benchtop-model-server.jar:{MODULE}/target/lib/*"
    return [java(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp", path]


def ours(folder, http, grpc, *options, model="gbt"):
    return [
        *program(),
        "io.benchtop.modelserver.Main",
        *("serve", "--model", f"{model}={folder}", "--http-port", str(http), "--grpc-port", str(grpc), *options),
    ], {}


def unbatched(folder, http, grpc, model="gbt"):
    """With as many waiting as the other, so that only the batches differ."""
    return ours(folder, http, grpc, "--batch-rows", "1", "--queue", "512", model=model)


def controlled(folder, http, grpc):
    """With the heap that Benchtop gives a server, so that what grows beyond is not the heap."""
    (program, *arguments), environment = ours(folder, http, grpc, "--control")
    return [program, "-Xmx192m", "-XX:+UseSerialGC", *arguments], environment


def bare(folder, http, _grpc):
    return [*program(), str(HERE / "Bare.java"), str(folder / "model.onnx"), str(WIDTH), str(http)], {}


def mlserver(folder, http, grpc):
    models = folder / "mlserver"
    models.mkdir()
    settings = {"name": "gbt", "implementation": "mlserver_onnx.Onnx"}
    settings["parameters"] = {"uri": str(folder / "model.onnx")}
    (models / "model-settings.json").write_text(json.dumps(settings))
    ports = {"host": "127.0.0.1", "http_port": http, "grpc_port": grpc, "metrics_port": free_port()}
    # Fastest here: a pool of processes only adds a hop where the runtime leaves Python's lock.
    (models / "settings.json").write_text(json.dumps(ports | {"parallel_workers": 0, "debug": False}))
    return [str(Path(sys.executable).parent / "mlserver"), "start", str(models)], {"PYTHONPATH": str(HERE)}


def triton(folder, http, grpc):
    home = SITE / "pytriton/tritonserver"
    backend = shutil.copytree(home / "backends/python", folder / "triton/backends/python")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    shutil.copy(home / "python_backend_stubs" / version / "triton_python_backend_stub", backend)
    repository = folder / "triton/models"
    (repository / "gbt/1").mkdir(parents=True)
    shutil.copy(MODULE / "tests/triton/iris/1/model.py", repository / "gbt/1")
    (repository / "gbt/config.pbtxt").write_text(
        'name: "gbt"\nbackend: "python"\nmax_batch_size: 256\n'
        f'input [{{ name: "X" data_type: TYPE_FP32 dims: [ {WIDTH} ] }}]\n'
        'output [ { name: "label" data_type: TYPE_INT64 dims: [ 1 ] reshape: { shape: [ ] } },\n'
        '  { name: "probabilities" data_type: TYPE_FP32 dims: [ 2 ] } ]\n'
        "dynamic_batching { max_queue_delay_microseconds: 500 }\n"
    )
    (folder / "models/gbt").mkdir(parents=True)
    shutil.copy(folder / "model.onnx", folder / "models/gbt")
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(SITE),
        "LD_LIBRARY_PATH": f"{SITE / 'nvidia_pytriton.libs'}:{sysconfig.get_config_var('LIBDIR')}",
        "BENCHTOP_MODELS": str(folder / "models"),
    }
    command = [
        str(home / "bin/tritonserver"),
        *("--model-repository", str(repository), "--backend-directory", str(folder / "triton/backends")),
        *("--http-address", "127.0.0.1", "--http-port", str(http), "--allow-metrics", "false"),
        *("--grpc-address", "127.0.0.1", "--grpc-port", str(grpc), "--disable-auto-complete-config"),
    ]
    return command, environment


def ask(contestant, body, model="gbt"):
    request = urllib.request.Request(contestant.url(model), body.read_bytes())
    # MLServer reads no body without it.
    request.add_header("Content-Type", "application/json")
    if contestant.token:
        request.add_header("Authorization", f"Bearer {contestant.token}")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["outputs"]


def start(stack, folder, name, make, body, model="gbt", pause=0.2):
    """A contestant that answered. `make` gives command and environment of folder and ports."""
    http, grpc = free_port(), free_port()
    command, environment = make(folder, http, grpc)
    log = folder / f"{name}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            command, env=os.environ | environment, cwd=folder, stdout=out, stderr=out, start_new_session=True
        )
    stack.callback(end, process)
    made = Contestant(http, grpc, process=process)
    limit = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError, ValueError, KeyError):
            ask(made, body, model)
            return made
        if process.poll() is not None or time.monotonic() > limit:
            sys.exit(f"{name} does not answer: {log.read_text()[-3000:]}")
        time.sleep(pause)


def end(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def full_stack(stack, folder, sample):
    """A `./benchtop up` with the model twice behind one endpoint, half of the requests each, asked with a token."""
    running = Stack(data_folder(lambda: folder / "benchtop"))
    stack.callback(running.close)
    files = {"model.onnx": (folder / "model.onnx").read_bytes(), "sample.json": json.dumps(sample).encode()}
    one, two = (running.publish("benchmark-gbt", files) for _ in range(2))
    running.promote(ENDPOINT, "benchmark-gbt", one, settings={"limits": LIMITS})
    running.wait_for(ENDPOINT, {one: 100})
    running.promote(ENDPOINT, "benchmark-gbt", two, kind="SPLIT", weights={one: 50, two: 50})
    running.wait_for(ENDPOINT, {one: 50, two: 50})
    return Contestant(running.platform.port, running.grpc_port, f"/serve/{ENDPOINT}", running.token(ENDPOINT))
