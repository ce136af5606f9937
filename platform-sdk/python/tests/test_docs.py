"""Runs the Python examples of docs/sdk.md as a notebook would, against the recorded cases."""

import json
import re
import subprocess
import sys
from pathlib import Path

from scripted_service import ScriptedService

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "platform-sdk" / "python" / "src"
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "sdk.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_has_four_python_examples_and_all_are_run_here():
    assert len(EXAMPLES) == 4


def test_the_first_example_prints_who_where_how_much_and_until_when(tmp_path: Path):
    # Given
    resources = recorded("resources")[1:]
    exchanges = [*recorded("whoami"), *recorded("workspace"), *resources, *recorded("keep-alive")]

    # When
    printed = run(EXAMPLES[0], exchanges, tmp_path)

    # Then
    assert printed == [
        "alice Alice Example developer",
        "exp RUNNING http://127.0.0.1:8080/user/alice/exp/",
        "419430400 of 2147483648 bytes",
        "kept until 2026-11-21 11:30:00+00:00",
    ]


def test_the_second_example_prints_the_code_and_the_sentence_of_a_refusal(tmp_path: Path):
    # When
    printed = run(EXAMPLES[1], recorded("keep-alive-too-long"), tmp_path)

    # Then
    assert len(printed) == 1
    assert printed[0].startswith("keep_alive_too_long ")
    assert "at most 24 hours" in printed[0]


def test_the_third_example_prints_rows_of_a_dataset(tmp_path: Path):
    # When
    printed = run(EXAMPLES[2], recorded("dataset-rows"), tmp_path)

    # Then
    assert printed == ["2 rows of version 3", "[{'qty': 7, 'what': \"it's ä\"}, {'qty': 9, 'what': None}]"]


def test_the_fourth_example_writes_a_version(tmp_path: Path):
    assert run(EXAMPLES[3], recorded("dataset-write"), tmp_path) == ["version 4"]


def recorded(case):
    return json.loads((ROOT / "platform-sdk" / "cases" / f"{case}.json").read_text(encoding="utf-8"))["exchanges"]


def run(example, exchanges, folder):
    """What the example prints, in a process of its own: the SDK reads the variables of a workspace when it is imported."""
    token = folder / "token"
    token.write_text("case-token\n")
    with ScriptedService(exchanges, token) as service:
        environment = {
            "PYTHONPATH": str(SOURCE),
            "PYTHONIOENCODING": "utf-8",
            "BENCHTOP_URL": service.url,
            "BENCHTOP_WORKSPACE": "ws_7kq2m4xw3abc",
            "BENCHTOP_USER": "alice",
            "BENCHTOP_TOKEN_FILE": str(token),
        }
        done = subprocess.run([sys.executable, "-c", example], env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert service.complaints == []
    assert service.left == []
    return done.stdout.splitlines()
