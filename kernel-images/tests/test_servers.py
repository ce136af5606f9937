"""Each image, run as a workspace's server in a real cluster under Pod Security "restricted"."""

import json
import os

import pytest

# Building gpu takes several GB and a quarter of an hour, where it is not in the registry already.
IMAGES = ["base", "cpu", "spark", *(["gpu"] if os.environ.get("BENCHTOP_TEST_GPU") == "true" else [])]
WHAT_IT_IS_FOR = {
    "base": "import ipywidgets; print('ok')",
    "cpu": """
import duckdb, matplotlib, numpy as np, pandas as pd, polars, pyarrow, scipy, seaborn
from sklearn.linear_model import LinearRegression
from skl2onnx import to_onnx
x = np.arange(20, dtype=np.float32).reshape(-1, 1)
model = LinearRegression().fit(x, 3 * x)
import onnxruntime
session = onnxruntime.InferenceSession(to_onnx(model, x[:1]).SerializeToString())
assert abs(session.run(None, {'X': x[:1] + 2})[0].item() - 6) < 1e-3
print('ok')
""",
    "spark": """
from pyspark.sql import SparkSession
spark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', False).getOrCreate()
assert spark.range(101).groupBy().sum().first()[0] == 5050
spark.stop()
print('ok')
""",
    "gpu": """
import torch
x = torch.arange(20.0).reshape(-1, 1)
layer = torch.nn.Linear(1, 1)
optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=50)

def loss():
    optimizer.zero_grad()
    difference = ((layer(x) - 3 * x) ** 2).mean()
    difference.backward()
    return difference

optimizer.step(loss)
assert abs(layer(torch.tensor([[2.0]])).item() - 6) < 0.1
# Without a device it says so, and does not fail.
assert torch.version.cuda and torch.cuda.is_available() == (torch.cuda.device_count() > 0)
print('ok')
""",
}


@pytest.fixture(scope="module", params=IMAGES)
def server(request, cluster, images):
    """One server of each image for the tests that leave it as it was."""
    from pod_server import PodServer

    made = PodServer(cluster, f"ws-{request.param}", images(request.param), images("tools"))
    made.image = request.param
    yield made.start()
    made.remove()


@pytest.fixture(scope="module")
def python(server):
    return server.kernel("python3")


def test_opens_a_python_kernel_with_the_sdk(python):
    assert python.run("print(sum(range(101)), bt.__name__)") == [("stdout", "5050 benchtop\n")]


def test_opens_a_java_kernel_with_the_sdk(server):
    # Given
    java = server.kernel("java")

    # When
    shown = java.run("java.util.stream.IntStream.rangeClosed(1, 100).sum() + Benchtop.class.getName()")
    java.close()

    # Then
    assert ("text/plain", "5050io.benchtop.sdk.Benchtop") in shown


def test_a_java_cell_can_draw(server):
    # Given
    java = server.kernel("java")

    # When
    shown = java.run(
        "var picture = new java.awt.image.BufferedImage(99, 99, 1);"
        'picture.createGraphics().drawString("text", 10, 50);'
        "picture.getRGB(0, 0) == 0xff000000"
    )
    java.close()

    # Then
    assert ("text/plain", "true") in shown


def test_tells_what_it_offers(server):
    # When
    told = json.loads(server.run("/opt/benchtop/bin/server", "--probe"))

    # Then
    assert told["interpreter"] == "/opt/environment/bin/python"
    assert told["jupyterServer"].startswith("2.")
    assert told["kernels"] == ["java", "python3"]


def test_does_what_it_is_for(server, python):
    shown = python.run(WHAT_IT_IS_FOR[server.image])
    assert ("stdout", "ok\n") in shown, shown


def test_runs_as_nobody_special_and_owns_its_files(python):
    # When
    shown = python.run(
        "import os, pathlib\n"
        "pathlib.Path('mine').touch()\n"
        "print(os.getuid(), os.getgid(), os.stat('mine').st_uid, os.stat('mine').st_gid, os.getcwd())"
    )

    # Then
    assert shown == [("stdout", "1000 100 1000 100 /home/benchtop\n")]


def test_holds_no_file_that_makes_one_somebody_else(python):
    shown = python.run("import subprocess; print(subprocess.getoutput('find / -xdev -type f -perm /6000 2>/dev/null'))")
    assert shown == [("stdout", "\n")]


def test_what_is_installed_goes_to_the_home(python):
    assert python.run("import sys; print(sys.prefix)") == [("stdout", "/home/benchtop/.benchtop/exp/env\n")]


def test_knows_nothing_of_the_machine_that_built_it(python):
    # When
    said = python.run(
        "import os, subprocess\n"
        "print(subprocess.getoutput('pip config list'))\n"
        "print([p for p in ('/root/.cache', '/root/.m2', '/var/cache/apt/archives', '/run/machine/pip.conf', '/run/machine/ca.pem') if os.path.exists(p)])"
    )

    # Then
    assert said == [("stdout", "global.disable-pip-version-check='true'\n[]\n")]


def test_greets_a_new_home_with_the_demos(server):
    assert {entry["name"] for entry in json.loads(server.ask("api/contents/demos")[2])["content"]} >= {
        "python.ipynb",
        "java.ipynb",
    }


def test_says_how_long_the_first_answer_took(server, capsys):
    with capsys.disabled():
        print(f"\n{server.image}: {server.seconds_to_ready:.1f} s from the order to a server that is ready")


def test_ends_when_asked(new_server, images):
    # Given
    server = new_server(images("base")).start()
    server.kernel("java").run("1 + 1")

    # Then
    assert server.stop() == (0, "")


def test_f17_a_full_home_still_starts(new_server, images):
    # Given
    small = {"emptyDir": {"medium": "Memory", "sizeLimit": "1Mi"}}
    server = new_server(images("base"), home=small, before="yes > /home/benchtop/filler; true").start()

    # When
    kernel = server.kernel("python3")
    shown = kernel.run("import os; os.remove('filler'); print(bt.__name__)")

    # Then
    assert shown == [("stdout", "benchtop\n")]
    assert "is full. Free some space" in server.log()


def test_a_home_that_cannot_be_written_still_starts(new_server, images):
    # Given
    server = new_server(images("base"), writable=False).start()

    # Then
    assert server.kernel("python3").run("print(1)") == [("stdout", "1\n")]
    assert "Read-only file system" in server.log()


def test_a_warm_server_is_its_claimants(new_warm_server, images, capsys):
    # Given
    server = new_warm_server(images("base")).warm()

    # When
    server.claim()

    # Then
    with capsys.disabled():
        print(
            f"\nbase: warm after {server.seconds_to_warm:.1f} s, ready {server.seconds_to_ready:.2f} s after the claim"
        )
    shown = server.kernel("python3").run("import os, sys; print(os.environ['BENCHTOP_USER'], os.getcwd(), sys.prefix)")
    assert shown == [("stdout", "alice /home/benchtop /home/benchtop/.benchtop/exp/env\n")]
    assert server.stop() == (0, "")


def test_a_warm_server_ends_when_asked_before_it_is_claimed(new_warm_server, images):
    # Given
    server = new_warm_server(images("base")).warm()

    # Then
    assert server.stop() == (143, "")


class TestAnImageThatWasNotMadeByUs:
    def test_is_kept_warm_as_well(self, new_warm_server, foreign):
        # Given
        server = new_warm_server(foreign).warm()

        # When
        server.claim()

        # Then
        assert server.kernel("python3").run("print(bt.__name__)") == [("stdout", "benchtop\n")]
        assert server.ask("api/kernels", identity=[])[0] == 403

    def test_runs_a_workspace_as_it_is(self, new_server, foreign):
        # Given
        server = new_server(foreign).start()

        # When
        kernel = server.kernel("python3")
        shown = kernel.run("import os, sys, jupyter_server; print(jupyter_server.__version__, bt.__name__, sys.prefix)")

        # Then
        assert shown == [("stdout", "2.12.5 benchtop /home/benchtop/.benchtop/exp/env\n")]
        assert server.ask("api/kernels", identity=[])[0] == 403
        assert b'"token": ""' in server.ask("lab")[2]

    def test_asks_nobody_for_news(self, new_server, foreign):
        # Given
        server = new_server(foreign).start()

        # When
        settings = json.loads(server.ask("lab/api/settings/@jupyterlab/apputils-extension:notification")[2])

        # Then
        assert settings["schema"]["properties"]["fetchNews"]["default"] == "false"

    def test_is_told_what_it_lacks(self, new_server, registry):
        # When
        code, last_words = new_server(f"{registry}/library/debian:bookworm-slim").fails()

        # Then
        assert code == 78
        assert last_words.startswith("This image has no Python. A workspace needs Python 3.11")
