"""Preparing the environment: what it finds, what it says, and that it takes up where it was cut off."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from preparing import parts
from preparing.failure import PrepareFailed, explain
from preparing.inventory import first_damage, take_inventory
from preparing.jdk import find_jdk, read_jdk
from preparing.packages import count, workspace_pip_conf
from preparing.pruning import note_use, prune
from running_server import wait_for
from scripted_service import free_port

LOCAL = Path(__file__).parents[3] / "kernel-images" / "local"


def prepare(data, *more, **environment):
    return subprocess.run(
        [sys.executable, str(LOCAL / "prepare.py"), "--data", str(data), *more],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


def fake_jdk(home, version, program="#!/bin/sh\necho jdk.jshell@17\necho jdk.compiler@17\n"):
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    for name in ("java", "javac"):
        (home / "bin" / name).write_text(program)
        (home / "bin" / name).chmod(0o755)
    return home


class TestJdk:
    @pytest.mark.parametrize(("version", "major"), [("17.0.15", 17), ("25", 25), ("1.8.0_402", 8), ("26-ea", 26)])
    def test_reads_the_version(self, tmp_path, version, major):
        assert read_jdk(fake_jdk(tmp_path / "jdk", version)).major == major

    def test_takes_the_one_asked_for(self, tmp_path, monkeypatch):
        # Given
        monkeypatch.setenv("JAVA_HOME", str(fake_jdk(tmp_path / "home", "25")))
        asked = fake_jdk(tmp_path / "asked", "17.0.1")

        # Then
        assert find_jdk(str(asked)).home == asked

    @pytest.mark.parametrize("version", [None, "11.0.2", "nonsense"])
    def test_refuses_the_one_asked_for(self, tmp_path, version):
        # Given
        asked = fake_jdk(tmp_path / "jdk", version) if version else tmp_path

        # When
        with pytest.raises(PrepareFailed) as failed:
            find_jdk(str(asked))

        # Then
        assert str(asked) in str(failed.value)
        assert "17 or newer" in str(failed.value)

    def test_passes_over_an_old_java_home(self, tmp_path, monkeypatch):
        # Given
        monkeypatch.setenv("JAVA_HOME", str(fake_jdk(tmp_path / "old", "11.0.2")))
        new = fake_jdk(tmp_path / "new", "21.0.2")
        monkeypatch.setenv("PATH", str(new / "bin"))

        # Then
        assert find_jdk(None).home == new

    def test_follows_links_on_the_path(self, tmp_path, monkeypatch):
        # Given: /usr/bin/java is a link to a link
        jdk = fake_jdk(tmp_path / "jdk", "17.0.15")
        (tmp_path / "usr").mkdir()
        (tmp_path / "etc-java").symlink_to(jdk / "bin" / "java")
        (tmp_path / "usr" / "java").symlink_to(tmp_path / "etc-java")
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path / "usr"))

        # Then
        assert find_jdk(None).home == jdk


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("x\nerror: Failed to fetch: `https://…`\n  Caused by: dns error", "index could not be reached"),
        ("WARNING: Retrying …\nERROR: No matching distribution found for uv==1", "index could not be reached"),
        ("OSError: [Errno 28] No space left on device", "disk became full"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "something else than what is pinned",
        ),
        ("error: Hash mismatch for `jupyterlab==4.6.6`", "something else than what is pinned"),
        ("strange", "strange"),
        ("", "nothing"),
    ],
)
def test_explains_what_an_installer_said(output, words):
    assert words in str(explain(output, "installing the packages"))


def test_every_package_is_pinned_with_hashes():
    for name in ("requirements.lock", "installer.lock"):
        lines = (LOCAL / name).read_text().splitlines()
        packages = [line for line in lines if line[:1].isalnum()]
        assert packages
        assert all("==" in line and line.endswith("\\") for line in packages)
        assert "://" not in "\n".join(lines)


def test_counts_packages_of_this_system():
    assert 100 < count(LOCAL / "requirements.lock") < 150


def test_no_credentials_reach_a_workspaces_pip_conf():
    # Given
    settings = {"index-url": "https://alice:secret@pypi.example/simple", "cert": "/etc/ca.crt", "user": "true"}

    # When
    written = workspace_pip_conf(settings)

    # Then
    assert "secret" not in written
    assert "cert = /etc/ca.crt" in written
    assert "user" not in written


class TestParts:
    def test_swaps_a_changed_part_at_once_and_leaves_the_same_alone(self, tmp_path):
        # Given
        source = tmp_path / "source"
        source.mkdir()
        (source / "a.py").write_text("1")
        target = tmp_path / "target"
        assert parts.put_part(target, "java/sdk", parts.files_below(source))
        assert not parts.put_part(target, "java/sdk", parts.files_below(source))

        # When
        (source / "a.py").write_text("2")
        (source / "b.py").write_text("new")
        changed = parts.put_part(target, "java/sdk", parts.files_below(source))

        # Then
        assert changed
        assert (target / "java" / "sdk" / "a.py").read_text() == "2"
        assert (target / "java" / "sdk" / "b.py").read_text() == "new"
        assert len(list((target / "parts").iterdir())) == 1

    def test_leaves_out_caches(self, tmp_path):
        # Given
        for name in ("a.py", "__pycache__/a.pyc", ".hidden", ".git/config"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("")

        # Then
        assert list(parts.files_below(tmp_path)) == ["a.py"]

    def test_takes_up_a_part_that_was_cut_off(self, tmp_path):
        # Given: a copy that did not become whole, and a link that was not replaced
        (tmp_path / "source").mkdir()
        (tmp_path / "source" / "a").write_text("a")
        files = parts.files_below(tmp_path / "source")
        half = tmp_path / "target" / "parts" / f".demos-{parts.hash_files(files)}"
        half.mkdir(parents=True)
        (half / "rest").write_text("")
        (tmp_path / "target" / ".demos.new").symlink_to("nowhere")

        # When
        parts.put_part(tmp_path / "target", "demos", files)

        # Then
        assert [path.name for path in (tmp_path / "target" / "demos").iterdir()] == ["a"]


def test_notices_lost_and_cut_off_files(tmp_path):
    # Given
    for name in ("lib/a.py", "lib/b.py", "lib/__pycache__/a.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("whole")
    take_inventory(tmp_path, tmp_path / "inventory")
    assert first_damage(tmp_path, tmp_path / "inventory") is None

    # Then
    (tmp_path / "lib/__pycache__/a.pyc").unlink()
    assert first_damage(tmp_path, tmp_path / "inventory") is None
    (tmp_path / "lib/b.py").write_text("who")
    assert first_damage(tmp_path, tmp_path / "inventory") == "lib/b.py"
    (tmp_path / "lib/a.py").unlink()
    assert first_damage(tmp_path, tmp_path / "inventory") == "lib/a.py"
    assert first_damage(tmp_path, tmp_path / "elsewhere") == "elsewhere"


class TestPruning:
    """What goes after two weeks, and what never goes."""

    @pytest.fixture
    def environments(self, tmp_path):
        for name in ("current", "old", "young", "running"):
            made = tmp_path / "environments" / name
            (made / ".prepared").mkdir(parents=True)
            note_use(made)
            if name != "young":
                os.utime(made / ".prepared" / "used", (0, 0))
        (tmp_path / "environments" / "being-made").mkdir()
        return tmp_path / "environments"

    def test_removes_only_what_nobody_uses(self, environments, tmp_path):
        # Given
        server = tmp_path / "servers" / "ws_1"
        server.mkdir(parents=True)
        (server / "launch.json").write_text(json.dumps({"argv": [str(environments / "running" / "bin" / "python")]}))
        with (server / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

            # When
            removed = prune(environments, tmp_path / "servers", environments / "current")

        # Then
        assert removed == [environments / "old"]
        assert {path.name for path in environments.iterdir()} == {"current", "young", "running", "being-made"}

    def test_a_stopped_server_keeps_nothing(self, environments, tmp_path):
        # Given
        server = tmp_path / "servers" / "ws_1"
        server.mkdir(parents=True)
        (server / "launch.json").write_text(json.dumps({"argv": [str(environments / "running" / "bin" / "python")]}))
        (server / "lock").touch()

        # Then
        removed = prune(environments, tmp_path / "servers", environments / "current")
        assert {path.name for path in removed} == {"old", "running"}


class TestSentences:
    """One clear sentence, no stack of Python's."""

    def say(self, result, *words):
        assert result.returncode == 1
        assert result.stderr.startswith("The notebook environment cannot be prepared. ")
        assert result.stderr.count("\n") == 1
        for word in words:
            assert word in result.stderr

    def test_no_jdk(self, tmp_path):
        self.say(prepare(tmp_path / "data", "--jdk", str(tmp_path)), str(tmp_path), "17 or newer")

    def test_a_runtime_in_the_place_of_a_jdk(self, tmp_path):
        # Given
        runtime = fake_jdk(tmp_path / "jre", "17.0.15", "#!/bin/sh\necho java.base@17\n")

        # Then
        self.say(prepare(tmp_path / "data", "--jdk", str(runtime)), "jdk.compiler, jdk.jshell", "not a runtime (JRE)")

    def test_an_index_out_of_reach(self, tmp_path):
        # Given
        nowhere = f"http://127.0.0.1:{free_port()}/simple"
        jdk = fake_jdk(tmp_path / "jdk", "17.0.15")

        # When
        result = prepare(
            tmp_path / "data", "--jdk", str(jdk), PIP_INDEX_URL=nowhere, PIP_FIND_LINKS="", PIP_NO_CACHE_DIR="1"
        )

        # Then
        self.say(result, "index could not be reached", "pip config set global.index-url")
        assert not (tmp_path / "data" / "environments" / "current.json").exists()

    def test_a_data_folder_that_is_a_file(self, tmp_path):
        # Given
        (tmp_path / "data").write_text("")

        # Then
        self.say(prepare(tmp_path / "data"), str(tmp_path / "data"))


@pytest.mark.environment
class TestReal:
    def test_a_second_run_makes_nothing_again(self, data, current):
        # Given
        environment = Path(current["path"])
        made = environment.stat().st_ctime_ns, (environment / "bin" / "python").lstat().st_ctime_ns

        # When
        result = prepare(data, "--sdk-jars", str(environment / "java" / "sdk"))

        # Then
        assert result.returncode == 0, result.stderr
        assert re.fullmatch(r"The notebook environment is ready \([^\n]*\n", result.stdout)
        assert (environment.stat().st_ctime_ns, (environment / "bin" / "python").lstat().st_ctime_ns) == made

    def test_says_where_it_is(self, current):
        # Then
        environment = Path(current["path"])
        assert set(current) == {"path", "python", "lockHash", "java"}
        for name in ("bin/python", "lib-benchtop/shim.py", "lib-benchtop/startup.py", "lib-benchtop/py/benchtop/py.typed",
                     "java/jjava.jar", "java/jjava.jsa", "java/sdk", "java/startup", "demos/python.ipynb", "demos/java.ipynb",
                     "share/jupyter/lab/settings/overrides.json"):  # fmt: skip
            assert (environment / name).exists(), name

    def test_the_java_kernel_is_started_by_java_itself(self, current):
        # Given
        kernel = json.loads((Path(current["path"]) / "share/jupyter/kernels/java/kernel.json").read_text())

        # Then
        assert kernel["argv"][0] == f"{current['java']}/bin/java"
        assert "launcher" not in " ".join(kernel["argv"])

    def test_killed_or_damaged_it_is_made_anew(self, tmp_path):
        # Given
        command = [sys.executable, "-u", str(LOCAL / "prepare.py"), "--data", str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
            while "[3/5]" not in first.stdout.readline():
                pass
            wait_for(lambda: list(tmp_path.glob("environments/*/lib/python3*/site-packages/*")), 120)
            first.send_signal(signal.SIGKILL)  # its installer lives on for a while
        assert not (tmp_path / "environments" / "current.json").exists()

        # When
        second = prepare(tmp_path)

        # Then
        assert second.returncode == 0, second.stdout + second.stderr
        assert (tmp_path / "environments" / "current.json").exists()
        assert [path.name for path in (tmp_path / "environments").glob(".d*")] == []

        # When: somebody deletes a file of it
        lost = next(tmp_path.glob("environments/*/lib/python3*/site-packages/jupyterlab/labapp.py"))
        lost.unlink()
        third = prepare(
            tmp_path, PIP_INDEX_URL=f"http://127.0.0.1:{free_port()}/simple", PIP_FIND_LINKS="", PIP_NO_CACHE_DIR="1"
        )

        # Then: it is made anew (not to its end here, as a third installation would only take time)
        assert f"{lost} is missing or damaged: preparing the environment anew" in third.stdout
        assert third.returncode == 1
