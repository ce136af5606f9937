import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from pathlib import Path

import pytest

import benchtop
from benchtop.client import Client
from benchtop.rendering import bytes_in_words

SOURCE = Path(benchtop.__file__).parents[1]
RESOURCES = benchtop.Resources(2, 2147483648, 314572800, 256, "watched")


def test_values_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        RESOURCES.cpus = 64


def test_values_show_words_not_numbers():
    assert repr(RESOURCES) == "Resources(cpus: 2, memory: 300 MiB of 2.0 GiB, processes: up to 256)"


def test_what_is_not_limited_is_said_so():
    assert repr(benchtop.Resources(None, None, 1024, None, None)) == (
        "Resources(cpus: not limited, memory: 1.0 KiB, not limited, processes: not limited)"
    )


def test_tables_escape_what_people_typed():
    # Given
    kept = benchtop.KeepAlive(datetime(2026, 11, 21, tzinfo=UTC), "<script>alert(1)</script>")

    # When
    table = kept._repr_html_()

    # Then
    assert "<script>" not in table
    assert "&lt;script&gt;" in table


@pytest.mark.parametrize(
    ("count", "words"),
    [(None, None), (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (314572800, "300 MiB"), (2**31, "2.0 GiB"), (2**50, "1024 TiB")],
)  # fmt: skip
def test_bytes_in_words(count, words):
    assert bytes_in_words(count) == words


def test_a_workspace_does_not_show_its_client():
    # Given
    workspace = benchtop.Workspace("ws_1", "exp", "Exp", "alice", "small", "RUNNING", "http://x/", None, Client({}))

    # Then
    assert "client" not in repr(workspace).lower()
    assert "client" not in workspace._repr_html_().lower()


def test_errors_survive_pickling():
    # Given
    error = benchtop.BenchtopError("unauthenticated", "The token has expired.")

    # When
    copy = pickle.loads(pickle.dumps(error))

    # Then
    assert (copy.code, copy.message) == (error.code, error.message)


def test_ipython_shows_the_sentence_only():
    assert benchtop.BenchtopError("bad_duration", "No.")._render_traceback_() == ["BenchtopError: No. [bad_duration]"]


def test_importing_asks_nobody_and_loads_no_http():
    # Given
    program = "import benchtop, sys; print('http.client' in sys.modules, 'urllib.request' in sys.modules)"

    # When
    said = subprocess.run(
        [sys.executable, "-S", "-c", program], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True
    )

    # Then
    assert said.stdout.split() == ["False", "False"], said.stderr


def test_startup_never_breaks_a_kernel():
    # Given: no SDK anywhere
    startup = SOURCE.parent / "lib" / "startup.py"

    # When
    said = subprocess.run([sys.executable, "-I", str(startup)], capture_output=True, text=True)

    # Then
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
