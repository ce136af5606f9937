"""Runs the Python examples of docs/sdk.md as a notebook would, against the recorded cases."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

import conftest
from scoring_service import ScoringService
from scripted_service import ScriptedService
from serving_service import ServingService

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "platform-sdk" / "python" / "src"
PAGE = (ROOT / "docs" / "sdk.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
OF_SCORING = re.findall(r"```python scoring\n(.*?)```", PAGE, re.DOTALL)
OF_MODELS = re.findall(r"```python models\n(.*?)```", PAGE, re.DOTALL)


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


def test_the_examples_of_models_publish_promote_ask_and_go_back(tmp_path: Path):
    # Given
    assert len(OF_MODELS) == 4

    # When
    with ServingService() as service:
        printed = printed_by("".join(OF_MODELS), service, tmp_path)

    # Then
    assert printed == [
        "0.0.1 READY ['label', 'probabilities']",
        "(3,) 0.0.1",
        "['95 % 0.0.1', '5 % 0.0.2']",
        "RUNNING 14193",
        "Not conclusive yet.",
    ]
    assert service.outcomes == {"orders": {"anna": True, "bert": False, "cleo": True}}
    assert [each["strategy"]["kind"] for each in service.promotions] == ["ALL_AT_ONCE", "SPLIT", "CANARY"]
    assert service.rollbacks == ["more late orders than before"]


def test_the_example_of_scoring_publishes_and_scores(tmp_path: Path):
    # Given
    [example] = OF_SCORING

    # When
    with ScoringService() as service:
        printed = printed_by(example, service, tmp_path)

    # Then
    assert re.fullmatch(r"part-0\.parquet: 8 rows, [\d,]+ rows/s \(1 of 1\)", printed[0])
    assert printed[1:] == [
        "1 sales/orders version 1 scored by late-orders 0.0.1",
        "[{'order_id': 1, 'prediction': 0}, {'order_id': 2, 'prediction': 1}]",
    ]


def test_the_demo_of_serving_runs_as_it_is(tmp_path: Path):
    # Given
    notebook = json.loads((ROOT / "kernel-images" / "demos" / "serving-python.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    program = "\n".join(cells).replace("%pip ", "# ")

    # When
    with ServingService() as service:
        printed = printed_by(program, service, tmp_path)

    # Then
    compared = [line.rpartition(", ")[0] for line in printed if "requests" in line]
    assert compared == ["version 0.0.1: 451 requests", "version 0.1.0: 49 requests"]
    assert printed[-2:] == ["now 0.1.0", "now 0.0.1"]


def test_the_java_demo_of_serving_runs_as_it_is(tmp_path: Path):
    # Given
    if not conftest.java_sdk():
        pytest.skip("the Java SDK is not built; run: mvn -Dquick -pl platform-sdk/java -am package")
    notebook = ROOT / "kernel-images" / "demos" / "serving-java.ipynb"
    runner = Path(__file__).parent / "RunNotebook.java"
    command = ["java", "-cp", os.pathsep.join(map(str, conftest.java_sdk())), str(runner), str(notebook)]

    # When
    with ServingService() as service:
        printed = output_of(command, {"PATH": os.environ["PATH"]}, service, tmp_path)

    # Then
    compared = [line.rpartition(", ")[0] for line in printed if "requests" in line]
    assert compared == ["version 0.0.1: 454 requests", "version 0.1.0: 46 requests"]
    assert printed[-2:] == ["now 0.1.0", "now 0.0.1"]
    for (_, version), files in service.stored.items():
        told = service.versions["alice-late-orders-java", version]
        assert told["state"] == "READY"
        assert_answers(bytes(files["model.onnx"]), service.published[told["number"] - 1]["sample"])


def assert_answers(model, sample):
    """ONNX Runtime answers to the sample what Java has computed."""
    asked = {each["name"]: np.array(each["data"], np.float32).reshape(each["shape"]) for each in sample["inputs"]}
    expected = {each["name"]: np.array(each["data"]).reshape(each["shape"]) for each in sample["outputs"]}
    answers = onnxruntime.InferenceSession(model).run(list(expected), asked)
    for answer, wanted in zip(answers, expected.values(), strict=True):
        np.testing.assert_allclose(answer, wanted, atol=1e-5)


def recorded(case):
    return json.loads((ROOT / "platform-sdk" / "cases" / f"{case}.json").read_text(encoding="utf-8"))["exchanges"]


def run(example, exchanges, folder):
    """What the example prints."""
    with ScriptedService(exchanges, folder / "token") as service:
        printed = printed_by(example, service, folder)
    assert service.complaints == []
    assert service.left == []
    return printed


def printed_by(example, service, folder):
    """In a process of its own: the SDK reads the variables of a workspace when it is imported."""
    own = {"PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"}
    return output_of([sys.executable, "-c", example], own, service, folder)


def output_of(command, environment, service, folder):
    """Lines that a program prints that runs as in a workspace."""
    (folder / "token").write_text("case-token\n")
    workspace = {
        "HOME": str(folder),
        "BENCHTOP_URL": service.url,
        "BENCHTOP_WORKSPACE": "ws_7kq2m4xw3abc",
        "BENCHTOP_USER": "alice",
        "BENCHTOP_TOKEN_FILE": str(folder / "token"),
    }
    done = subprocess.run(command, env={**workspace, **environment}, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
