"""Publishing: what becomes of a model, what is refused, and what the registry is sent."""

import io
import json
import subprocess
import sys
from itertools import cycle
from types import SimpleNamespace

import numpy
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from benchtop.data import runs
from benchtop.errors import BenchtopError
from benchtop.models.publishing import publish
from benchtop.models.registry import model_of
from trained import LATE, NAMES, NUMBERS, ORDERS, trained

# Converters of other people are behind what they convert.
pytestmark = [pytest.mark.filterwarnings("default::FutureWarning"), pytest.mark.filterwarnings("default::UserWarning")]


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch):
    monkeypatch.setattr(runs, "_read", {})


@pytest.fixture
def classifier():
    return trained("sklearn-classifier")[0]


def doubling(opset=21, ir=10, domains=()):
    """y = x + x."""
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "doubling",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 2])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset), *domains])
    model.ir_version = ir
    return model


def stored(service, name, version="0.0.1", file="model.onnx"):
    return bytes(service.stored[name, version][file])


@pytest.mark.parametrize("name", NAMES)
def test_a_model_becomes_onnx_that_answers_the_same(registry, name):
    # Given
    service, client = registry
    model, rows = trained(name)

    # When
    version = publish(client, model, name, sample=rows)

    # Then
    [asked] = service.published
    proto = onnx.load_model_from_string(stored(service, name))
    assert (version.version, version.state) == ("0.0.1", "READY")
    assert proto.ir_version <= 13
    domains = [each.domain for each in proto.opset_import]
    assert len(domains) == len(set(domains))
    session = onnxruntime.InferenceSession(proto.SerializeToString())
    assert all(each.type.startswith("tensor(") for each in session.get_outputs())
    assert all(each["shape"][0] == -1 for each in [*asked["signature"]["inputs"], *asked["signature"]["outputs"]])
    assert {each["shape"][0] for each in [*asked["sample"]["inputs"], *asked["sample"]["outputs"]]} == {100}
    assert asked["sample"]["tolerance"] == {"absolute": 1e-4, "relative": 1e-4}


def test_a_classifier_has_labels_and_probabilities_and_a_regressor_a_prediction(registry):
    # Given
    service, client = registry

    # When
    for name in (
        "sklearn-classifier",
        "xgboost-classifier",
        "lightgbm-classifier",
        "sklearn-line",
        "lightgbm-regressor",
    ):
        publish(client, trained(name)[0], name, sample=NUMBERS)

    # Then
    outputs = [[each["name"] for each in asked["signature"]["outputs"]] for asked in service.published]
    assert outputs == [*[["label", "probabilities"]] * 3, *[["prediction"]] * 2]
    assert {each["name"] for asked in service.published for each in asked["signature"]["inputs"]} == {"X"}


def test_a_frame_of_numbers_is_one_input_and_a_mixed_one_an_input_for_each_column(registry):
    # Given
    service, client = registry

    # When
    publish(client, *trained("sklearn-frame")[:1], "one", sample=trained("sklearn-frame")[1])
    publish(client, trained("sklearn-columns")[0], "many", sample=ORDERS)

    # Then
    inputs = [
        [(each["name"], each["datatype"]) for each in asked["signature"]["inputs"]] for asked in service.published
    ]
    assert inputs == [[("X", "FP32")], [("pieces", "INT64"), ("city", "BYTES"), ("price", "FP32")]]


def test_the_sample_is_a_request_and_what_the_model_itself_answers(registry, classifier):
    # Given
    service, client = registry

    # When
    publish(client, classifier, "late", sample=NUMBERS[:2])

    # Then
    sample = service.published[0]["sample"]
    assert sample["inputs"] == [
        {"name": "X", "datatype": "FP32", "shape": [2, 4], "data": NUMBERS[:2].astype("f4").ravel().tolist()}
    ]
    assert [each["data"] for each in sample["outputs"]] == [
        classifier.predict(NUMBERS[:2]).tolist(),
        classifier.predict_proba(NUMBERS[:2]).astype("f4").ravel().tolist(),
    ]
    json.dumps(sample, allow_nan=False)


def test_rows_with_missing_values_are_left_out_of_the_sample(registry):
    # Given
    service, client = registry
    rows = NUMBERS[:5].copy()
    rows[1, 2] = numpy.nan
    model = trained("lightgbm-classifier")[0]

    # When
    publish(client, model, "gaps", sample=rows, expected={"probabilities": model.predict_proba(rows)})
    with pytest.raises(BenchtopError, match="Every row of the sample has missing values") as refused:
        publish(client, model, "gaps", sample=rows[1:2])

    # Then
    assert service.published[0]["sample"]["inputs"][0]["shape"] == [4, 4]
    assert refused.value.code == "bad_sample"


def test_another_answer_than_the_models_own_is_refused_with_the_row_and_both_numbers(registry):
    # Given
    service, client = registry
    model = trained("sklearn-regressor")[0]
    wrong = model.predict(NUMBERS[:9])
    wrong[6] += 0.5

    # When
    with pytest.raises(BenchtopError) as refused:
        publish(client, model, "wrong", sample=NUMBERS[:9], expected=wrong)

    # Then
    assert refused.value.code == "outputs_differ"
    assert "output 'prediction', row 6 of the sample" in refused.value.message
    assert str(wrong[6])[:7] in refused.value.message
    assert str(wrong[6] - 0.5)[:7] in refused.value.message
    assert service.asked == []


def test_a_difference_may_be_allowed(registry):
    # Given
    service, client = registry
    model = trained("sklearn-line")[0]

    # When
    publish(client, model, "loose", sample=NUMBERS[:9], expected=model.predict(NUMBERS[:9]) + 0.4, tolerance=(0.5, 0))

    # Then
    assert service.published[0]["sample"]["tolerance"] == {"absolute": 0.5, "relative": 0}


@pytest.mark.parametrize("tolerance", [-1, "much", (1, 2, 3), float("nan")])
def test_what_is_no_tolerance_is_refused(registry, classifier, tolerance):
    with pytest.raises(BenchtopError) as refused:
        publish(registry[1], classifier, "late", sample=NUMBERS, tolerance=tolerance)
    assert refused.value.code == "bad_tolerance"


@pytest.mark.parametrize("kind", ["path", "bytes", "proto"])
def test_onnx_is_taken_as_it_comes(registry, tmp_path, kind):
    # Given
    service, client = registry
    path = tmp_path / "doubling.onnx"
    onnx.save(doubling(), path)
    given = {"path": path, "bytes": path.read_bytes(), "proto": doubling()}[kind]

    # When
    publish(client, given, "doubling", sample=numpy.ones((3, 2)), expected=numpy.full((3, 2), 2.0))

    # Then
    assert service.published[0]["format"] == "onnx"
    assert service.published[0]["sample"]["outputs"][0]["data"] == [2.0] * 6


def test_a_newer_ir_is_written_as_one_that_the_server_reads(registry):
    # Given
    service, client = registry

    # When
    publish(client, doubling(ir=14), "doubling", sample={"x": numpy.ones((1, 2))})

    # Then
    assert onnx.load_model_from_string(stored(service, "doubling")).ir_version == 13


@pytest.mark.parametrize(
    ("model", "code", "says"),
    [
        (doubling(opset=27), "opset_too_new", "opset 27"),
        (b"not a model", "not_loadable", "This is no ONNX model"),
        (object(), "not_servable", "builtins.object"),
        ("model.pickle", "not_servable", "file .onnx or .pt"),
    ],
)
def test_what_cannot_be_served_is_refused(registry, model, code, says):
    with pytest.raises(BenchtopError, match=says) as refused:
        publish(registry[1], model, "bad", sample=numpy.ones((1, 2)))
    assert refused.value.code == code


def test_a_model_without_a_converter_says_why(registry):
    # Given
    from sklearn.base import BaseEstimator, ClassifierMixin

    class Own(ClassifierMixin, BaseEstimator):
        pass

    # Then
    with pytest.raises(
        BenchtopError, match=r"This Own cannot be converted to ONNX: .*Nothing was published"
    ) as refused:
        publish(registry[1], Own(), "own", sample=NUMBERS)
    assert refused.value.code == "not_convertible"


@pytest.mark.parametrize(
    ("module", "name", "install"),
    [
        ("skl2onnx", "sklearn-classifier", "skl2onnx onnxruntime"),
        ("onnxmltools", "xgboost-classifier", "onnxmltools skl2onnx onnxruntime"),
        ("onnxruntime", "sklearn-classifier", "skl2onnx onnxruntime"),
    ],
)
def test_a_missing_converter_is_said_with_what_to_install(registry, monkeypatch, module, name, install):
    # Given
    model, rows = trained(name)
    monkeypatch.setitem(sys.modules, module, None)

    # Then
    with pytest.raises(BenchtopError) as refused:
        publish(registry[1], model, "late", sample=rows)
    assert refused.value.code == "package_missing"
    assert refused.value.message.endswith(f"%pip install {install}")


@pytest.mark.parametrize("sample", [[], numpy.ones((0, 4)), 5])
def test_a_sample_without_rows_is_refused(registry, classifier, sample):
    with pytest.raises(BenchtopError, match="no rows") as refused:
        publish(registry[1], classifier, "late", sample=sample)
    assert refused.value.code == "bad_sample"


def test_a_sample_that_the_model_does_not_take_is_refused(registry):
    with pytest.raises(BenchtopError, match="does not take the sample") as refused:
        publish(registry[1], doubling(), "doubling", sample=numpy.ones((2, 3)))
    assert refused.value.code == "bad_sample"


def test_versions_are_counted_up_or_given(registry, classifier):
    # Given
    _, client = registry

    # When
    numbers = [
        publish(client, classifier, "late", sample=NUMBERS[:2], **chosen).version
        for chosen in ({}, {"bump": "patch"}, {"bump": "minor"}, {"bump": "major"}, {"version": "2.0.0"})
    ]

    # Then
    assert numbers == ["0.0.1", "0.0.2", "0.1.0", "1.0.0", "2.0.0"]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"bump": "huge"}, "bad_version"),
        ({"version": "1.0"}, "bad_version"),
        ({"version": "1.0.0", "bump": "minor"}, "bad_version"),
        ({"metrics": {"auc": "good"}}, "bad_metrics"),
        ({"files": {"model.onnx": b"x"}}, "bad_file"),
        ({"quantize": "int4"}, "bad_quantize"),
        ({"expected": [1]}, "bad_expected"),
        ({"expected": {"label": [1]}}, "bad_sample"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(registry, classifier, chosen, code):
    # Given
    service, client = registry

    # Then
    with pytest.raises(BenchtopError) as refused:
        publish(client, classifier, "late", sample=NUMBERS[:2], **chosen)
    assert refused.value.code == code
    assert service.asked == []


@pytest.mark.parametrize("name", ["", "a b", "../up", "a..b", "a" * 64])
def test_a_name_that_is_none_is_refused(registry, classifier, name):
    with pytest.raises(BenchtopError) as refused:
        publish(registry[1], classifier, name, sample=NUMBERS)
    assert refused.value.code == "bad_name"


def test_a_version_tells_how_it_was_made(registry, classifier, tmp_path, monkeypatch):
    # Given
    service, client = registry
    notebook = tmp_path / "train.ipynb"
    notebook.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "1"}]}))
    service.environment.update(JPY_SESSION_NAME=str(notebook), HOME=str(tmp_path), BENCHTOP_IMAGE="cpu")
    run = SimpleNamespace(info=SimpleNamespace(run_id="abc123"))
    monkeypatch.setitem(sys.modules, "mlflow", SimpleNamespace(active_run=lambda: run))
    runs.note_read("sales/orders", 3)

    # When
    publish(client, classifier, "late", sample=NUMBERS[:2], description="first", metrics={"auc": 0.9})
    publish(client, classifier, "late", sample=NUMBERS[:2], inputs=["sales/clean"], run="other")

    # Then
    first, second = service.published
    assert (first["description"], first["metrics"], first["runId"], first["image"]) == (
        "first",
        {"auc": 0.9},
        "abc123",
        "cpu",
    )
    assert first["notebook"]["path"] == "train.ipynb"
    assert len(first["notebook"]["sha256"]) == 64
    assert first["datasets"] == [{"name": "sales/orders", "version": 3}]
    assert (second["datasets"], second["runId"]) == ([{"name": "sales/clean"}], "other")


def test_further_files_are_part_of_the_version(registry, classifier, tmp_path):
    # Given
    service, client = registry
    (tmp_path / "requirements.txt").write_text("scikit-learn")

    # When
    version = publish(client, classifier, "late", sample=NUMBERS[:2], files=[tmp_path / "requirements.txt"])
    publish(client, classifier, "late", sample=NUMBERS[:2], files={"notes/a.txt": b"why"})

    # Then
    assert version.read_file("requirements.txt") == b"scikit-learn"
    assert stored(service, "late", "0.0.2", "notes/a.txt") == b"why"


def test_a_file_that_broke_off_is_sent_anew(registry, tmp_path):
    # Given
    service, client = registry
    (tmp_path / "big.bin").write_bytes(bytes(range(250)))
    (tmp_path / "empty.bin").write_bytes(b"")
    service.breaks = [100, 30]

    # When
    files = [tmp_path / "big.bin", tmp_path / "empty.bin"]
    publish(client, doubling(), "doubling", sample=numpy.ones((1, 2)), files=files)

    # Then
    assert stored(service, "doubling", file="big.bin") == bytes(range(250))
    assert stored(service, "doubling", file="empty.bin") == b""
    sent = [headers["Upload-Offset"] for method, _, headers in service.asked if method == "PUT"]
    assert sent == ["0"] * 5


def test_what_cannot_be_sent_is_given_up(registry, classifier):
    # Given
    service, client = registry
    service.breaks = [0] * 9

    # Then
    with pytest.raises(BenchtopError, match=r"model\.onnx could not be sent") as refused:
        publish(client, classifier, "late", sample=NUMBERS[:2])
    assert refused.value.code == "upload_interrupted"


def test_a_service_that_starts_is_asked_again_with_the_same_key(registry, classifier):
    # Given
    service, client = registry
    service.busy = 2

    # When
    publish(client, classifier, "late", sample=NUMBERS[:2])

    # Then
    keys = [headers["Idempotency-Key"] for method, path, headers in service.asked if path.endswith("/versions")]
    assert len(keys) == 3
    assert len(set(keys)) == 1


def test_a_version_that_the_check_refuses_is_an_error_with_its_sentence(registry, classifier):
    # Given
    service, client = registry
    service.refuses = ("SAMPLE_DIFFERS", "Output label differs in row 3.")

    # Then
    with pytest.raises(
        BenchtopError, match=r"late 0\.0\.1 is not ready but REFUSED: Output label differs in row 3"
    ) as refused:
        publish(client, classifier, "late", sample=NUMBERS[:2])
    assert refused.value.code == "SAMPLE_DIFFERS"


def test_waiting_ends_and_may_be_left_out(registry, classifier):
    # Given
    service, client = registry
    service.checks_last = 10**6

    # When
    version = publish(client, classifier, "late", sample=NUMBERS[:2], wait=False)

    # Then
    assert version.state == "CHECKING"
    with pytest.raises(BenchtopError, match=r"still being checked.*bt\.model\('late'\)") as refused:
        version.wait("5s")
    assert refused.value.code == "still_checking"
    assert 5 <= sum(service.waits) < 7


def test_readers_are_named_whether_the_model_is_there_or_not(registry, classifier):
    # Given
    _, client = registry

    # When
    publish(client, classifier, "late", sample=NUMBERS[:2], readers=["bob"])
    before = model_of(client, "late").readers
    publish(client, classifier, "late", sample=NUMBERS[:2], readers=["*"])

    # Then
    assert (before, model_of(client, "late").readers) == (("bob",), ("*",))


def test_a_workspace_publishes_again_with_the_same_readers(registry, classifier):
    # Given
    service, client = registry
    service.scoped = True

    # When
    first = publish(client, classifier, "late", sample=NUMBERS[:2], readers=["carol", "bob"])
    second = publish(client, classifier, "late", sample=NUMBERS[:2], readers=["bob", "carol"])

    # Then
    assert (first.version, second.version) == ("0.0.1", "0.0.2")
    assert set(model_of(client, "late").readers) == {"bob", "carol"}


def test_a_workspace_that_names_other_readers_is_told_where_to_and_publishes_nothing(registry, classifier):
    # Given
    service, client = registry
    service.scoped = True
    publish(client, classifier, "late", sample=NUMBERS[:2], readers=["bob"])

    # When
    with pytest.raises(BenchtopError) as refused:
        publish(client, classifier, "late", sample=NUMBERS[:2], readers=["*"])

    # Then
    assert refused.value.code == "forbidden"
    for told in ("workspace may not change who reads", "read by bob", "nothing was published", "the model's page"):
        assert told in refused.value.message
    assert len(service.published) == 1
    assert model_of(client, "late").readers == ("bob",)


def test_a_name_that_somebody_else_has_taken_is_told_as_taken(registry, classifier, monkeypatch):
    # Given
    service, client = registry
    monkeypatch.setattr(service, "one_model", lambda request, *_: service.refuse(request, 404, "not_found"))
    service.add("late")

    # When
    with pytest.raises(BenchtopError) as refused:
        publish(client, classifier, "late", sample=NUMBERS[:2], readers=["bob"])

    # Then
    assert (refused.value.code, service.published) == ("already_exists", [])


def network(width=256):
    """Two layers wide enough that weights of 8 bits gain something."""
    random = numpy.random.default_rng(1)
    weights = [random.normal(size=(width, width)).astype("f4") / width for _ in range(2)]
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "a"], ["h"]), helper.make_node("MatMul", ["h", "b"], ["y"])],
        "network",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, width])],
        [onnx.numpy_helper.from_array(each, name) for each, name in zip(weights, "ab", strict=True)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)


def turns(before, after):
    """A stopwatch that says by turns how long the model takes before and after."""
    told = cycle((before, after))
    return lambda _: next(told)


@pytest.mark.filterwarnings("default")
def test_int8_is_published_where_it_is_near_and_faster(registry):
    # Given
    service, client = registry
    rows = numpy.random.default_rng(2).normal(size=(8, 256))

    # When
    publish(client, network(), "net", sample=rows, quantize="int8", max_delta=0.05, stopwatch=turns(0.2, 0.1))

    # Then
    [asked] = service.published
    assert asked["metrics"]["int8_speed"] == pytest.approx(2)
    assert 0 < asked["metrics"]["int8_delta"] < 0.05
    assert asked["sample"]["tolerance"]["absolute"] == 0.05
    assert len(stored(service, "net")) < len(network().SerializeToString()) / 3


@pytest.mark.filterwarnings("default")
def test_int8_that_is_too_far_off_or_not_faster_is_refused_with_both_numbers(registry):
    # Given
    service, client = registry
    rows = numpy.random.default_rng(2).normal(size=(8, 256))

    # When
    with pytest.raises(BenchtopError, match=r"an output differs by 0\.0\d+, and max_delta is 1e-06") as far:
        publish(client, network(), "net", sample=rows, quantize="int8", max_delta=1e-6, stopwatch=turns(0.2, 0.1))
    with pytest.raises(BenchtopError, match=r"takes 200\.000 ms here, and 100\.000 ms without") as slow:
        publish(client, network(), "net", sample=rows, quantize="int8", max_delta=0.05, stopwatch=turns(0.1, 0.2))
    with pytest.raises(BenchtopError, match=r"its score is \S+ instead of \S+, and max_delta is 0") as scored:
        publish(client, network(), "net", sample=rows, quantize="int8", max_delta=0, score=lambda y: y["y"].mean())

    # Then
    assert [each.value.code for each in (far, slow, scored)] == ["outputs_differ", "not_faster", "outputs_differ"]
    assert service.asked == []


def test_a_model_is_found_by_a_kernel_that_has_no_model_libraries():
    # Given
    code = (
        "import sys, benchtop; benchtop.publish; print([n for n in ('numpy', 'benchtop.models') if n in sys.modules])"
    )

    # When
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": "src"})

    # Then
    assert done.stdout == "[]\n", done.stderr


def test_labels_of_the_sample_are_those_that_were_learnt(registry):
    # Given
    service, client = registry

    # When
    publish(client, trained("sklearn-texts")[0], "texts", sample=NUMBERS[:5])

    # Then
    label = service.published[0]["sample"]["outputs"][0]
    assert (label["datatype"], label["data"]) == ("BYTES", [["no", "yes"][each] for each in LATE[:5]])
    assert io.BytesIO(stored(service, "texts")).getbuffer().nbytes > 0
