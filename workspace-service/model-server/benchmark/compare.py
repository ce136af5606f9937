"""This server beside MLServer, Triton and the least that works, with one model; see README.md beside this file."""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
MODULE = HERE.parent
SITE = Path(sysconfig.get_paths()["purelib"])
WIDTH = 100


def make_model(folder):
    """100 trees of depth 5 over 100 features."""
    from skl2onnx import to_onnx
    from sklearn.datasets import make_classification
    from sklearn.ensemble import GradientBoostingClassifier

    x, y = make_classification(n_samples=2000, n_features=WIDTH, n_informative=20, random_state=1)
    x = x.astype(np.float32)
    trees = GradientBoostingClassifier(n_estimators=100, max_depth=5, random_state=1).fit(x, y)
    made = to_onnx(trees, x[:1], options={"zipmap": False}, target_opset=17)
    (folder / "model.onnx").write_bytes(made.SerializeToString())
    return x


def make_bodies(folder, x):
    """Files of bodies and how much of each is JSON, or nothing."""
    bodies = {}
    for rows in (1, 64):
        given = {"name": "X", "shape": [rows, WIDTH], "datatype": "FP32"}
        file = folder / f"json-{rows}"
        data = [round(float(value), 6) for value in x[:rows].ravel()]
        file.write_text(json.dumps({"inputs": [given | {"data": data}]}))
        bodies["json", rows] = (file, None)
        raw = x[:rows].tobytes()
        head = json.dumps({"inputs": [given | {"parameters": {"binary_data_size": len(raw)}}]}).encode()
        file = folder / f"binary-{rows}"
        file.write_bytes(head + raw)
        bodies["binary", rows] = (file, len(head))
    return bodies


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def java():
    return str(Path(os.environ["JAVA_HOME"]) / "bin/java") if "JAVA_HOME" in os.environ else "java"


def program():
    path = f"{MODULE}/target/benchtop-model-server.jar:{MODULE}/target/lib/*"
    return [java(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp", path]


def ours(folder, port, *options):
    return [
        *program(),
        "io.benchtop.modelserver.Main",
        *("serve", "--model", f"gbt={folder}", "--http-port", str(port), *options),
    ], {}


def bare(folder, port):
    return [*program(), str(HERE / "Bare.java"), str(folder / "model.onnx"), str(WIDTH), str(port)], {}


def mlserver(folder, port):
    models = folder / "mlserver"
    models.mkdir()
    settings = {"name": "gbt", "implementation": "mlserver_onnx.Onnx"}
    settings["parameters"] = {"uri": str(folder / "model.onnx")}
    (models / "model-settings.json").write_text(json.dumps(settings))
    ports = {"host": "127.0.0.1", "http_port": port, "grpc_port": free_port(), "metrics_port": free_port()}
    # Fastest here: a pool of processes only adds a hop where the runtime leaves Python's lock.
    (models / "settings.json").write_text(json.dumps(ports | {"parallel_workers": 0, "debug": False}))
    return [str(Path(sys.executable).parent / "mlserver"), "start", str(models)], {"PYTHONPATH": str(HERE)}


def triton(folder, port):
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
        *("--http-address", "127.0.0.1", "--http-port", str(port), "--allow-grpc", "false", "--allow-metrics", "false"),
        "--disable-auto-complete-config",
    ]
    return command, environment


def ask(port, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v2/models/gbt/infer", body.read_bytes())
    # MLServer reads no body without it.
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["outputs"]


def start(stack, folder, name, made, body):
    """The port of a server that answered."""
    port = made[2]
    log = folder / f"{name}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            made[0], env=os.environ | made[1], cwd=folder, stdout=out, stderr=out, start_new_session=True
        )
    stack.callback(end, process)
    limit = time.monotonic() + 180
    while True:
        with suppress(OSError, ValueError, KeyError):
            ask(port, body)
            return port
        if process.poll() is not None or time.monotonic() > limit:
            sys.exit(f"{name} does not answer: {log.read_text()[-3000:]}")
        time.sleep(0.2)


def end(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def load(port, body, clients, seconds):
    file, json_bytes = body
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(HERE / "post.lua")]
    command += [f"http://127.0.0.1:{port}/v2/models/gbt/infer", "--", str(file)]
    command += [] if json_bytes is None else [str(json_bytes)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    line = next(line for line in said.splitlines() if line.startswith("RESULT"))
    requests, micros, errors, median, p99 = map(int, line.split()[1:])
    if errors or not requests:
        sys.exit(f"{errors} errors of {requests} requests: {said}")
    return {"rate": requests / (micros / 1e6), "p50": median, "p99": p99}


# What is measured: form, rows, clients, and who takes part.
EVERYBODY = ("ours", "bare", "triton", "mlserver")
LOADS = [
    ("json", 1, 1, ("ours", "unbatched", "bare", "triton", "mlserver")),
    ("json", 1, 16, EVERYBODY),
    ("json", 1, 64, ("ours", "unbatched", "bare")),
    ("json", 64, 16, EVERYBODY),
    ("binary", 64, 16, ("ours", "triton")),
]


def goals(rate, median):
    one, many, wide, raw, lone = ("json", 1, 16), ("json", 1, 64), ("json", 64, 16), ("binary", 64, 16), ("json", 1, 1)
    yield "G1 one row, 16 clients: ours / MLServer", rate(one, "ours") / rate(one, "mlserver"), ">= 8"
    yield "G1 one row, 16 clients: ours / Triton", rate(one, "ours") / rate(one, "triton"), ">= 2"
    yield "G2 one row, 16 clients: ours / bare", rate(one, "ours") / rate(one, "bare"), ">= 0.6"
    yield "G3 64 rows as JSON: ours / MLServer", rate(wide, "ours") / rate(wide, "mlserver"), ">= 2.5"
    yield "G3 64 rows: ours binary / ours JSON", rate(raw, "ours") / rate(wide, "ours"), ">= 2"
    yield "G4 64 clients: ours / ours unbatched", rate(many, "ours") / rate(many, "unbatched"), ">= 1.5"
    yield "G4 1 client, p50: ours / ours unbatched", median(lone, "ours") / median(lone, "unbatched"), "<= 1.05"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    # So that the servers end with this, however it ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))
    measured = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bodies = make_bodies(folder, make_model(folder))
        kinds = {
            "ours": ours,
            "unbatched": lambda folder, port: ours(folder, port, "--batch-rows", "1"),
            "bare": bare,
            "triton": triton,
            "mlserver": mlserver,
        }
        ports = {}
        for name, make in kinds.items():
            port = free_port()
            ports[name] = start(stack, folder, name, (*make(folder, port), port), bodies["json", 1][0])
        for turn in range(options.rounds + 1):
            for form, rows, clients, names in LOADS:
                for i in range(len(names)):
                    name = names[(i + turn) % len(names)]
                    found = load(ports[name], bodies[form, rows], clients, options.seconds)
                    # The first round warms up.
                    if turn > 0:
                        measured.setdefault(((form, rows, clients), name), []).append(found)
    print(
        f"| load | who | requests/s: median, least, most of {options.rounds} | p50 ms | p99 ms |\n|---|---|---|---|---|"
    )
    for ((form, rows, clients), name), runs in measured.items():
        rates = [run["rate"] for run in runs]
        p50, p99 = (statistics.median(run[key] for run in runs) / 1000 for key in ("p50", "p99"))
        spread = f"{statistics.median(rates):.0f}, {min(rates):.0f}, {max(rates):.0f}"
        print(f"| {form}, {rows} rows, {clients} clients | {name} | {spread} | {p50:.2f} | {p99:.2f} |")

    def of(key):
        return lambda load, name: statistics.median(run[key] for run in measured[load, name])

    print("\n| goal | ratio | wanted |\n|---|---|---|")
    for goal, ratio, wanted in goals(of("rate"), of("p50")):
        print(f"| {goal} | {ratio:.2f} | {wanted} |")


if __name__ == "__main__":
    main()
