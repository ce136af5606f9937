"""A server that is started before it is known whose it is, and claimed."""

import contextlib
import json
import signal
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

import tokens
from benchtop_local.failure import StartFailed
from benchtop_pod.order import read_order, with_claim
from pod_image import ORDER, SITE
from running_server import alive, wait_for
from scripted_service import free_port
from visitor import WORKSPACE, Visitor

linux = pytest.mark.skipif(sys.platform != "linux", reason="pods run on Linux only")
CLAIM = {"user": "alice", "slug": "exp", "baseUrl": "/user/alice/exp/"}
OF_A_PERSON = ("BENCHTOP_USER", "BENCHTOP_SLUG", "BENCHTOP_BASE_URL")
COLD = {"BENCHTOP_CLAIM_FILE": None, **{name: ORDER[name] for name in OF_A_PERSON}}


@pytest.fixture
def warm(pod, tmp_path):
    """A pod that is nobody's yet."""
    pod.claim = tmp_path / "secret" / "claim.json"
    pod.claim.parent.mkdir()
    (tmp_path / "run").mkdir()
    pod.environ["BENCHTOP_CLAIM_FILE"] = str(pod.claim)
    for name in OF_A_PERSON:
        pod.environ.pop(name, None)
    return pod


def is_warm(pod):
    return (Path(pod.environ["JUPYTER_RUNTIME_DIR"]) / "warm").exists


def claimed(pod, claim=None):
    """Claims a pod that waits; its exit code and what it wrote."""
    started = pod.start()
    wait_for(is_warm(pod))
    pod.claim.write_text(json.dumps(CLAIM) if claim is None else claim)
    out, err = started.communicate(timeout=30)
    return started.returncode, out, err


@linux
def test_becomes_what_it_would_have_been_had_it_been_ordered_for_its_person(warm, tools):
    # Given
    cold = warm.has_jupyter().shown(**COLD)

    # When
    code, out, err = claimed(warm)

    # Then
    assert code == 0, err
    shown = json.loads(out)
    assert shown["env"] == cold["env"]
    assert shown["as"] == cold["as"]


@linux
def test_has_read_its_modules_before_it_is_claimed(warm):
    # Given
    warm.has_jupyter()
    (warm.image / SITE / "jupyterlab" / "labapp.py").write_text("print('read', flush=True)")
    started = warm.start()

    # When
    wait_for(is_warm(warm))

    # Then
    assert started.stdout.readline() == "read\n"
    assert not (warm.home / "demos").exists()
    started.terminate()
    started.communicate(timeout=10)


@linux
def test_one_that_is_claimed_already_starts_at_once(warm):
    # Given
    warm.claim.write_text(json.dumps(CLAIM))

    # When
    code, out, err = warm.has_jupyter().run()

    # Then
    assert code == 0, err
    assert json.loads(out)["env"]["BENCHTOP_BASE_URL"] == "/user/alice/exp/"
    assert not is_warm(warm)()


@linux
def test_ends_at_once_while_nobody_has_claimed_it(warm):
    # Given
    started = warm.has_jupyter().start()
    wait_for(is_warm(warm))
    below = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()

    # When
    begun = time.monotonic()
    started.terminate()
    started.communicate(timeout=10)

    # Then
    assert time.monotonic() - begun < 30
    assert started.returncode == 128 + signal.SIGTERM
    assert below
    assert not any(alive(pid) for pid in below)


@linux
@pytest.mark.parametrize(("ending", "code"), [("sys.exit(3)", 3), ("os.kill(os.getpid(), 9)", 137)])
def test_ends_with_the_servers_exit_code(warm, ending, code):
    assert claimed(warm.has_jupyter(program=f"import os, sys; {ending}"))[0] == code


@linux
def test_says_in_one_sentence_that_a_claim_is_none(warm):
    # When
    code, out, err = claimed(warm.has_jupyter(), "[]")

    # Then
    assert (code, out) == (78, "")
    assert "BENCHTOP_CLAIM_FILE must be the name of a file with a JSON object" in err


@linux
def test_says_what_is_wrong_with_its_order_before_it_is_claimed(warm):
    # When
    code, _, err = warm.has_jupyter().run(BENCHTOP_PORT="x")

    # Then
    assert code == 78
    assert "BENCHTOP_PORT must be a port" in err


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("{", "BENCHTOP_CLAIM_FILE must be the name of a file with a JSON object"),
        ('{"user": "alice"}', "BENCHTOP_SLUG is not set"),
        (json.dumps(CLAIM | {"slug": "../x"}), "BENCHTOP_SLUG must be the name of a folder"),
        (json.dumps(CLAIM | {"baseUrl": "x"}), "BENCHTOP_BASE_URL must be a path between slashes"),
    ],
)
def test_refuses_a_claim_that_is_not_whole(claim, said):
    # Given
    environ = {name: text for name, text in ORDER.items() if name not in OF_A_PERSON}

    # When
    with pytest.raises(StartFailed) as failed:
        read_order(with_claim({**environ, "BENCHTOP_CLAIM_FILE": "/run/claim.json"}, claim))

    # Then
    assert said in failed.value.sentence


@linux
@pytest.mark.environment
class TestJupyterLab:
    """With the real one: what it reads early and what it reads late must fit together."""

    @pytest.fixture
    def lab(self, warm, current, tmp_path):
        (warm.claim.parent / "identity.key").write_text(tokens.encode(tokens.KEY))
        warm.visitor = Visitor("127.0.0.1", free_port())
        warm.environ |= {
            "PATH": f"{Path(current['path']) / 'bin'}:/usr/bin:/bin",
            "BENCHTOP_IDENTITY_KEY_FILE": str(warm.claim.parent / "identity.key"),
            "BENCHTOP_PORT": str(warm.visitor.port),
            "BENCHTOP_WORKSPACE": WORKSPACE,
            "BENCHTOP_SECURE": "false",
        }
        with (tmp_path / "log").open("w") as log:
            started = warm.start(output=log)
        yield warm
        warm.visitor.leave()
        started.terminate()
        started.wait(20)

    def test_is_ready_soon_after_it_is_claimed_and_works(self, lab, capsys):
        # Given
        begun = time.monotonic()
        wait_for(is_warm(lab), 120)
        warming = time.monotonic() - begun

        # When
        begun = time.monotonic()
        lab.claim.write_text(json.dumps(CLAIM))
        told = wait_for(lambda: ready(lab.visitor.port), 60)
        claiming = time.monotonic() - begun

        # Then
        with capsys.disabled():
            print(f"\nwarm after {warming:.2f} s, ready {claiming:.2f} s after the claim")
        assert told == (204, None, b"")
        kernel = lab.visitor.kernel("python3")
        assert kernel.run("import os; print(os.environ['BENCHTOP_USER'], os.getcwd())") == [
            ("stdout", f"alice {lab.home}\n")
        ]
        assert lab.visitor.ask("api/kernels", identity=[])[0] == 403
        assert lab.visitor.ask("lab")[0] == 200


def ready(port):
    """Status, cookies and body of the answer to the cluster's question."""
    with contextlib.closing(HTTPConnection("127.0.0.1", port)) as connection:
        try:
            connection.request("GET", "/benchtop/ready")
        except OSError:
            return None
        answer = connection.getresponse()
        return answer.status, answer.getheader("Set-Cookie"), answer.read()
