"""The program that runs a server in a pod, with small programs in the place of an image's Jupyter."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchtop_local.failure import StartFailed
from benchtop_pod.image import Image
from benchtop_pod.order import read_order
from benchtop_pod.start_line import compute_start_line
from benchtop_pod.storage import Storage, prepare_storage
from building.catalogue import tools_files
from running_server import START_LINE, alive, filled, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pods run on Linux only")
SITE = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
ORDER = {
    "BENCHTOP_URL": "http://benchtop.example",
    "BENCHTOP_USER": "alice",
    "BENCHTOP_SLUG": "exp",
    "BENCHTOP_WORKSPACE": "ws_7kq2m4xw3abc",
    "BENCHTOP_BASE_URL": "/user/alice/exp/",
    "BENCHTOP_PORT": "8888",
    "BENCHTOP_TOKEN_FILE": "/run/benchtop/server/token",
    "BENCHTOP_IDENTITY_KEY_FILE": "/run/benchtop/server/identity.key",
    "BENCHTOP_SECURE": "true",
    "BENCHTOP_HUB_PREFIX": "/workspaces/",
    "HOME": "/home/alice",
    "JUPYTER_RUNTIME_DIR": "/run/benchtop/run",
}
SHOWS_ITSELF = "import json, os, sys; print(json.dumps({'argv': sys.orig_argv, 'env': dict(os.environ)}), flush=True)\n"


@pytest.fixture
def tools(tmp_path):
    """The tools as the init container lays them."""
    for name, source in tools_files().items():
        copy = tmp_path / "tools" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
        copy.chmod(source.stat().st_mode)
    return tmp_path / "tools"


@pytest.fixture
def pod(tmp_path, tools):
    return Pod(tmp_path, tools)


class Pod:
    """An image with a Jupyter of a few lines, and a home."""

    def __init__(self, folder, tools):
        self.image = folder / "image"
        self.home = folder / "home"
        self.home.mkdir()
        self.environ = {
            **ORDER,
            "HOME": str(self.home),
            "JUPYTER_RUNTIME_DIR": str(folder / "run"),
            "PATH": f"{self.image / 'bin'}:/usr/bin:/bin",
        }
        self._tools = tools

    def has_jupyter(self, version="2.21.1", program=SHOWS_ITSELF, lab=True):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.image], check=True)
        packages = self.image / SITE
        for package in ("jupyter_server", *(["jupyterlab"] if lab else [])):
            (packages / package).mkdir()
            (packages / package / "__init__.py").touch()
            (packages / package / "__main__.py").write_text(program)
        if version:
            information = packages / f"jupyter_server-{version}.dist-info"
            information.mkdir()
            (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: jupyter_server\nVersion: {version}\n")
        return self

    def start(self, *arguments, **changes):
        environ = {name: value for name, value in {**self.environ, **changes}.items() if value is not None}
        return subprocess.Popen(
            [self._tools / "bin" / "server", *arguments],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments, **changes):
        started = self.start(*arguments, **changes)
        out, err = started.communicate(timeout=30)
        return started.returncode, out, err

    def shown(self, **changes):
        code, out, err = self.run(**changes)
        assert code == 0, err
        return json.loads(out)


def test_starts_with_the_flags_of_local_mode_except_where_a_pod_differs(tools):
    # Given
    image = Image(Path("/opt/conda/bin/python"), "jupyterlab", {"PATH": "/opt/conda/bin:/bin"})
    values = {"{home}": "/home/alice", "{user}": "alice", "{slug}": "exp", "{port}": "8888", "{secure}": "True"}
    values |= {"{workspace}": "ws_7kq2m4xw3abc", "{server}": "/run/benchtop/server", "127.0.0.1": "0.0.0.0"}
    local = filled(START_LINE["argv"], values)

    # When
    line = compute_start_line(read_order(ORDER), image, Storage(None, None), tools)

    # Then
    assert line.argv[:5] == ("/opt/conda/bin/python", "-P", "-s", "-m", "jupyterlab")
    assert list(line.argv[5:]) == local[4:]


def test_sets_every_variable_of_local_mode(tools):
    # Given
    image = Image(Path("/usr/bin/python3"), "jupyterlab", {**ORDER, "PATH": "/bin", "JAVA_HOME": "/jdk"})

    # When
    line = compute_start_line(read_order(ORDER), image, Storage(Path("/overlay"), None), tools)

    # Then
    assert set(START_LINE["env"]) <= set(line.env)


def test_stands_in_front_of_what_the_image_has(pod, tools):
    # When
    env = pod.has_jupyter().shown(PYTHONPATH="/spark/python", JUPYTER_PATH="/image/jupyter", LANG="de_DE.UTF-8")["env"]

    # Then
    overlay = pod.home / ".benchtop" / "exp" / "env"
    assert env["PYTHONPATH"] == f"{tools}/bin/../py:/spark/python".replace("/bin/..", "")
    assert env["JUPYTER_PATH"] == f"{overlay}/share/jupyter:{tools}/share/jupyter:/image/jupyter"
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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BENCHTOP_WORKSPACE", None, "BENCHTOP_WORKSPACE is not set"),
        ("BENCHTOP_PORT", "x", "BENCHTOP_PORT must be a port; it is 'x'"),
        ("BENCHTOP_SLUG", "../x", "BENCHTOP_SLUG must be the name of a folder"),
        ("BENCHTOP_BASE_URL", "user", "BENCHTOP_BASE_URL must be a path between slashes"),
        ("BENCHTOP_SECURE", "yes", "BENCHTOP_SECURE must be true or false"),
        ("HOME", "home", "HOME must be an absolute path"),
    ],
)
def test_refuses_an_order_that_is_not_whole(name, value, said):
    # Given
    order = {key: text for key, text in {**ORDER, name: value}.items() if text is not None}

    # When
    with pytest.raises(StartFailed) as failed:
        read_order(order)

    # Then
    assert said in failed.value.sentence


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
        "time.sleep(0.5)\n"
        "print(open(f'/proc/{os.getppid()}/task/{os.getppid()}/children').read())\n"
    )

    # When
    code, out, _ = pod.has_jupyter(program=program).run()

    # Then
    stray, children = out.splitlines()[:2]
    assert code == 0
    assert stray in children.split()
    assert len(children.split()) == 2  # the server and the stray; the one that ended is no zombie
    wait_for(lambda: not alive(stray))


class TestHomesThatCannotBeWritten:
    """On a small tmpfs; only the superuser may mount one."""

    @pytest.fixture
    def small(self, pod):
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", pod.home], capture_output=True, text=True
        )
        if mounted.returncode:
            pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
        yield pod
        subprocess.run(["umount", pod.home], check=True)

    def test_f17_a_full_home_still_starts(self, small):
        # Given
        fill(small.home)

        # When
        code, out, err = small.has_jupyter().run()

        # Then
        env = json.loads(out)["env"]
        assert code == 0
        assert "is full. Free some space" in err
        assert "Packages that are installed now end with the pod" in err
        rescue = str(Path(small.environ["JUPYTER_RUNTIME_DIR"]) / "rescue")
        assert [env[name].startswith(rescue) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")] == [
            True
        ] * 3
        assert env["PATH"].startswith(f"{rescue}/env/bin:")
        assert str(small.home / ".local/share/jupyter") in env["JUPYTER_PATH"]

    def test_a_full_home_keeps_the_packages_that_it_has(self, small):
        # Given
        small.has_jupyter().shown()
        fill(small.home)

        # When
        env = small.shown()["env"]

        # Then
        assert env["PATH"].startswith(f"{small.home}/.benchtop/exp/env/bin:")

    def test_a_read_only_home_still_starts(self, small):
        # Given
        subprocess.run(["mount", "-o", "remount,ro", small.home], check=True)

        # When
        code, _, err = small.has_jupyter().run()

        # Then
        assert code == 0
        assert "Read-only file system" in err


def test_a_home_that_is_not_there_is_told(tmp_path):
    # When
    with pytest.raises(StartFailed) as failed:
        prepare_storage(tmp_path / "none", "exp", tmp_path, Path(sys.executable), tmp_path, print)

    # Then
    assert failed.value.code == "HOME_UNUSABLE"


def fill(home):
    with (home / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"x" * 4096)
        except OSError:
            pass
