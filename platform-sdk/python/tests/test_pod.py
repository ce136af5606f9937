"""The program that runs a server in a pod, with small programs in the place of an image's Jupyter."""

import json
import signal
import sys

import pytest

from pod_image import SITE
from running_server import alive, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pods run on Linux only")


def test_stands_in_front_of_what_the_image_has(pod, tools):
    # When
    given = {"PYTHONPATH": "/spark/python", "JUPYTER_PATH": "/image/jupyter", "JJAVA_CLASSPATH": "/spark/*.jar"}
    env = pod.has_jupyter().shown(**given, LANG="de_DE.UTF-8")["env"]

    # Then
    overlay = pod.home / ".benchtop" / "exp" / "env"
    assert env["PYTHONPATH"] == f"{tools}/bin/../py:/spark/python".replace("/bin/..", "")
    assert env["JUPYTER_PATH"] == f"{overlay}/share/jupyter:{tools}/share/jupyter:/image/jupyter"
    assert env["JJAVA_CLASSPATH"] == f"/spark/*.jar:{tools}/java/sdk/*.jar"
    assert env["PATH"].startswith(f"{overlay}/bin:{pod.image}/bin:")
    assert env["LANG"] == "de_DE.UTF-8"
    assert (env["USER"], env["HOME"]) == ("alice", str(pod.home))


def test_greets_a_new_home(pod):
    # When
    pod.has_jupyter().shown()

    # Then
    assert (pod.home / "demos" / "python.ipynb").exists()


def test_packages_last_in_the_home_and_do_not_break_the_server(pod):
    # Given
    pod.has_jupyter().shown()
    overlay = pod.home / ".benchtop" / "exp" / "env"
    (overlay / SITE / "jupyterlab.py").write_text("raise SystemExit('broken')")

    # When
    shown = pod.shown()

    # Then
    assert shown["argv"][0] == str(pod.image / "bin" / "python3")
    assert (overlay / SITE / "jupyterlab.py").exists()


def test_finds_the_interpreter_of_the_images_own_jupyter(pod, tmp_path):
    # Given: Jupyter is not in the Python that comes first
    pod.has_jupyter()
    program = tmp_path / "bin" / "jupyter-lab"
    program.parent.mkdir()
    program.write_text(f"#!{pod.image}/bin/python3\n")
    program.chmod(0o755)

    # When
    shown = pod.shown(PATH=f"{program.parent}:/usr/bin:/bin")

    # Then
    assert shown["argv"][0] == str(pod.image / "bin" / "python3")


def test_runs_the_plain_server_of_an_image_without_lab(pod):
    assert pod.has_jupyter(lab=False).shown()["argv"][4] == "jupyter_server"


def test_tells_what_an_image_offers_and_starts_nothing(pod):
    # When
    code, out, _ = pod.has_jupyter("2.5.0", lab=False).run("--probe", BENCHTOP_WORKSPACE=None)

    # Then
    told = json.loads(out)
    assert code == 0
    assert (told["jupyterServer"], told["jupyterLab"]) == ("2.5.0", None)
    assert told["interpreter"] == str(pod.image / "bin" / "python3")
    assert not list(pod.home.iterdir())


@pytest.mark.parametrize("version", ["1.24.0", "0.9"])
def test_says_in_one_sentence_that_jupyter_is_too_old(pod, version):
    # When
    code, out, err = pod.has_jupyter(version).run()

    # Then
    assert (code, out) == (78, "")
    assert err.endswith(
        f"This image has jupyter_server {version}; a workspace needs 2 or newer. Choose another image for the profile.\n"
    )


def test_says_in_one_sentence_that_there_is_no_jupyter(pod):
    # When
    code, _, err = pod.run()

    # Then
    assert code == 78
    assert "No Python of this image has jupyter_server (tried: /usr/bin/python3" in err
    assert "BENCHTOP_PYTHON" in err


@pytest.mark.parametrize(("ending", "code"), [("sys.exit(3)", 3), ("os.kill(os.getpid(), 9)", 137), ("pass", 0)])
def test_ends_with_the_servers_exit_code(pod, ending, code):
    assert pod.has_jupyter(program=f"import os, sys; {ending}").run()[0] == code


def test_passes_on_the_wish_to_end(pod):
    # Given
    program = (
        "import signal, sys, time\nsignal.signal(15, lambda *_: sys.exit(5))\nprint('up', flush=True)\ntime.sleep(60)"
    )
    started = pod.has_jupyter(program=program).start()
    assert started.stdout.readline() == "up\n"

    # When
    started.terminate()

    # Then
    started.communicate(timeout=10)
    assert started.returncode == 5


def test_a_wish_to_end_that_comes_early_is_not_lost(pod):
    # Given
    started = pod.has_jupyter(program="import time; time.sleep(60)").start()

    # When: the home is just being made
    wait_for((pod.home / ".benchtop").exists)
    started.terminate()

    # Then
    started.communicate(timeout=10)
    assert started.returncode in (128 + signal.SIGTERM, 0)


def test_buries_orphans_and_takes_along_what_is_left(pod):
    # Given
    program = (
        "import os, subprocess, time\n"
        "subprocess.run(['sh', '-c', '(sleep 0.1; exit 7) & setsid sleep 1000 & echo $!'])\n"
        "deadline = time.monotonic() + 30\n"
        "children = lambda: open(f'/proc/{os.getppid()}/task/{os.getppid()}/children').read()\n"
        "while len(children().split()) > 2 and time.monotonic() < deadline: time.sleep(0.05)\n"
        "print(children())\n"
    )

    # When
    code, out, _ = pod.has_jupyter(program=program).run()

    # Then
    stray, children = out.splitlines()[:2]
    assert code == 0
    assert stray in children.split()
    assert len(children.split()) == 2  # the server and the stray; the one that ended is no zombie
    wait_for(lambda: not alive(stray))
