"""The Python environment of a workspace over the shared one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchtop_local.failure import StartFailed
from benchtop_local.overlay import make_overlay

VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def shared(tmp_path):
    return shared_environment(tmp_path / "shared", "first")


def shared_environment(folder, word):
    """A virtual environment with one module ``word`` and a kernel."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (folder / "lib" / VERSION / "site-packages" / "word.py").write_text(f"word = {word!r}")
    kernel = folder / "share" / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        json.dumps({"argv": ["python", "-m", "ipykernel_launcher"], "language": "python"})
    )
    (kernel / "logo-svg.svg").write_text("<svg/>")
    return folder / "bin" / "python"


def say(overlay, program):
    return subprocess.run(
        [overlay / "bin" / "python", "-I", "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()


def own_packages(overlay):
    return overlay / "lib" / VERSION / "site-packages"


def test_sees_the_shared_packages_behind_its_own(tmp_path, shared):
    # Given
    make_overlay(tmp_path / "env", shared)
    assert say(tmp_path / "env", "import word; print(word.word)") == "first"

    # When
    (own_packages(tmp_path / "env") / "word.py").write_text("word = 'mine'")

    # Then
    assert say(tmp_path / "env", "import word; print(word.word)") == "mine"
    assert say(tmp_path / "shared", "import word; print(word.word)") == "first"


def test_its_kernel_is_started_by_its_own_python(tmp_path, shared):
    # When
    make_overlay(tmp_path / "env", shared)

    # Then
    kernel = json.loads((tmp_path / "env/share/jupyter/kernels/python3/kernel.json").read_text())
    assert kernel["argv"][0] == str(tmp_path / "env" / "bin" / "python")


def test_is_made_once(tmp_path, shared):
    # Given
    make_overlay(tmp_path / "env", shared)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "env").rglob("*")}

    # When
    make_overlay(tmp_path / "env", shared)

    # Then
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "env").rglob("*")} == before


def test_follows_a_new_shared_environment_and_keeps_what_is_its_own(tmp_path, shared):
    # Given
    make_overlay(tmp_path / "env", shared)
    (own_packages(tmp_path / "env") / "mine.py").write_text("")

    # When
    make_overlay(tmp_path / "env", shared_environment(tmp_path / "newer", "second"))

    # Then
    assert say(tmp_path / "env", "import word, mine; print(word.word)") == "second"


def test_takes_up_one_that_was_cut_off(tmp_path, shared):
    # Given
    (tmp_path / "env" / "bin").mkdir(parents=True)
    (tmp_path / "env" / "pyvenv.cfg").write_text("home = /nowhere\n")

    # When
    make_overlay(tmp_path / "env", shared)

    # Then
    assert say(tmp_path / "env", "import word; print(word.word)") == "first"


def test_a_damaged_shared_environment_is_told(tmp_path):
    with pytest.raises(StartFailed) as failed:
        make_overlay(tmp_path / "env", Path("/nonexistent/bin/python"))
    assert failed.value.code == "ENVIRONMENT_BROKEN"
    assert "/nonexistent/bin/python" in failed.value.sentence
