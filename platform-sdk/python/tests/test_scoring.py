"""Scoring: the model's own answers, once, whatever broke on the way."""

import gc
import json
import subprocess
import sys
import threading
from pathlib import Path

import numpy
import onnx
import pandas
import pyarrow
import pytest
from onnx import TensorProto, helper

import benchtop
from benchtop.client import Client
from benchtop.data import runs, writing
from benchtop.data.catalogue import Catalogue
from benchtop.data.wire import Wire
from benchtop.errors import BenchtopError
from benchtop.models.publishing import publish
from benchtop.scoring.answers import Answers
from benchtop.scoring.scoring import score
from conftest import asking
from scoring_service import ScoringService, arrow, table
from trained import NUMBERS, ORDERS, trained

# Converters of other people are behind what they convert.
pytestmark = [pytest.mark.filterwarnings("default::FutureWarning"), pytest.mark.filterwarnings("default::UserWarning")]

FRAME = pandas.DataFrame(NUMBERS, columns=["a", "b", "c", "d"])
ROWS = pyarrow.Table.from_pandas(FRAME[["d", "c", "b", "a"]].assign(order_id=range(1000, 1200), note="x"))
FILES = {"part-0.parquet": ROWS[:90], "part-1.parquet": ROWS[:0], "deep/part-0.parquet": ROWS[90:]}


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch):
    monkeypatch.setattr(runs, "_read", {})


@pytest.fixture
def service(tmp_path):
    with ScoringService() as service:
        client = asking(service, tmp_path)
        service.give("sales/orders", FILES)
        publish(client, trained("sklearn-classifier")[0], "late", sample=FRAME)
        yield service


@pytest.fixture
def scored(service, tmp_path):
    """Scores as in a home of its own; lines of progress are kept in ``scored.lines``."""

    def call(data="sales/orders", home="home", **chosen):
        client = Client({**service.environment, "HOME": str(tmp_path / home)}, service.waits.append)
        asked = {"model": "late", "into": "sales/scores", "keep": ["order_id"], "progress": call.lines.append, **chosen}
        if isinstance(data, dict):
            data = Catalogue(client).one(**data)
        return score(client, Catalogue(client), data, **asked)

    call.lines = []
    return call


def rows_of(service, name="sales/scores", number=-1):
    """The files of a version as tables."""
    files = service.contents[name][number]
    return {path: table(content) for path, content in files.items()}


def test_each_file_becomes_one_with_the_models_own_answers(service, scored):
    # When
    made = scored()

    # Then
    files = rows_of(service)
    assert (made.name, made.version.number, made.version.rows) == ("sales/scores", 1, 200)
    assert {path: each.num_rows for path, each in files.items()} == {
        path: each.num_rows for path, each in FILES.items()
    }
    names = ["order_id", "prediction", "probability_0", "probability_1"]
    assert {tuple(each.schema.names) for each in files.values()} == {tuple(names)}
    assert len({each.schema for each in files.values()}) == 1
    whole = pyarrow.concat_tables([files["part-0.parquet"], files["deep/part-0.parquet"]])
    model = trained("sklearn-classifier")[0]
    assert whole["order_id"].to_pylist() == list(range(1000, 1200))
    assert whole["prediction"].to_pylist() == model.predict(NUMBERS).tolist()
    own = numpy.column_stack([whole[f"probability_{each}"] for each in (0, 1)])
    numpy.testing.assert_allclose(own, model.predict_proba(NUMBERS), atol=1e-5)
    assert made.to_arrow().num_rows == 200


def test_each_file_has_a_line_of_progress(scored):
    # When
    scored()

    # Then
    assert [line.partition(" rows,")[0] for line in scored.lines] == [
        "deep/part-0.parquet: 110",
        "part-0.parquet: 90",
        "part-1.parquet: 0",
    ]
    assert scored.lines[0].endswith(" rows/s (1 of 3)")


def test_the_version_tells_what_it_was_made_of(service, scored):
    # When
    made = scored(version="0.0.1")

    # Then
    assert made.version.note.startswith("sales/orders version 1 scored by late 0.0.1 [score ")
    [told] = {each.schema.metadata[b"benchtop.scored"] for each in rows_of(service).values()}
    told = json.loads(told)
    assert told["dataset"] == {
        "name": "sales/orders",
        "version": 1,
        "digest": service.versions_of["sales/orders"][0]["digest"],
    }
    assert told["model"]["version"] == "0.0.1"
    assert told["model"]["sha256"] == service.versions["late", "0.0.1"]["files"][0]["sha256"]
    assert "version number" in repr(made)
    assert made.files() == ["deep/part-0.parquet", "part-0.parquet", "part-1.parquet"]


def test_the_same_call_gives_the_same_version_from_everywhere(service, scored):
    # Given
    service.models["late"]["aliases"]["production"] = "0.0.1"

    # When
    numbers = [
        scored().version.number,
        scored(version="production").version.number,
        scored(home="elsewhere").version.number,
    ]

    # Then
    assert numbers == [1, 1, 1]
    assert len(service.versions_of["sales/scores"]) == len(service.uploads) == 1


def test_another_model_version_option_or_version_of_the_data_is_other_work(service, scored, tmp_path):
    # Given
    scored()
    publish(asking(service, tmp_path), trained("sklearn-classifier")[0], "late", sample=FRAME, version="1.0.0")
    service.give("sales/orders", {"part-0.parquet": ROWS[:10]})

    # When
    numbers = [
        scored(version="1.0.0").version.number,
        scored({"name": "sales/orders", "version": 1}, version="0.0.1").version.number,
        scored({"name": "sales/orders", "version": 1}, version="0.0.1", keep=[]).version.number,
        scored({"name": "sales/orders", "version": 1}, version="0.0.1", batch_rows=50).version.number,
    ]

    # Then
    assert numbers == [2, 1, 3, 4]


class Killed(BaseException):
    """The process ends here."""


class Killer:
    """Ends the process at the n-th request that writes: before it, in the middle of it, or after it."""

    def __init__(self, monkeypatch, at, how):
        self.left = at
        ask = Wire.ask

        def killing(wire, method, url, headers=None, body=None, repeatable=False):
            if method == "PUT" or url.endswith(":commit"):
                self.left -= 1
            if self.left == 0 and (method == "PUT" or url.endswith(":commit")):
                if how == "half" and method == "PUT":
                    ask(wire, method, url, headers, body[: len(body) // 2], repeatable).close()
                if how == "after":
                    ask(wire, method, url, headers, body, repeatable).close()
                raise Killed
            return ask(wire, method, url, headers, body, repeatable)

        monkeypatch.setattr(Wire, "ask", killing)


@pytest.mark.parametrize("how", ["before", "half", "after"])
def test_a_call_that_was_killed_anywhere_is_gone_on_with_to_the_same_manifest(
    service, scored, monkeypatch, tmp_path, how
):
    # Given
    monkeypatch.setattr(writing, "_PIECE", 1500)
    service.give("sales/few", {"a.parquet": ROWS[:40], "b.parquet": ROWS[:0]})
    wanted = scored("sales/few", into="sales/whole").version.digest
    writes = len(service.sent) + 1
    assert service.sent.count("a.parquet") == 2

    for at in range(1, writes + 1):
        into, home = f"sales/killed-{at}", f"home-{at}"
        with monkeypatch.context() as patched, pytest.raises(Killed):
            Killer(patched, at, how)
            scored("sales/few", into=into, home=home)
        gc.collect()

        # When
        made = scored("sales/few", into=into, home=home)

        # Then
        assert made.version.digest == wanted, f"killed {how} write {at}"
        assert len(service.versions_of[into]) == 1
        assert sum(each["dataset"] == into for each in service.uploads.values()) == 1
        assert list((tmp_path / home / ".cache" / "benchtop" / "scores").glob("*.json")) == []


def test_a_call_that_is_killed_again_and_again_still_ends_with_the_same_manifest(service, scored, monkeypatch):
    # Given
    monkeypatch.setattr(writing, "_PIECE", 1000)
    wanted = scored(into="sales/whole").version.digest

    most = max(service.sent.count(path) for path in service.sent)

    # When
    for _ in range(2):
        with monkeypatch.context() as patched, pytest.raises(Killed):
            Killer(patched, most + 1, "half")
            scored()

    # Then
    assert scored().version.digest == wanted


def test_files_that_are_whole_are_not_computed_or_sent_again(service, scored, monkeypatch):
    # Given
    with monkeypatch.context() as patched, pytest.raises(Killed):
        Killer(patched, 2, "half")
        scored()
    service.sent.clear()

    # When
    scored()

    # Then
    assert service.sent == ["part-0.parquet", "part-1.parquet"]
    assert scored.lines[1:3] == [
        "Stopped with 1 of 3 files. The same call goes on from there within a day.",
        "deep/part-0.parquet: there already (1 of 3)",
    ]


def test_an_interrupt_tells_how_to_go_on(scored):
    # Given
    def interrupted(line):
        scored.lines.append(line)
        if "rows/s" in line:
            raise KeyboardInterrupt

    # Then
    with pytest.raises(KeyboardInterrupt):
        scored(progress=interrupted)
    assert scored.lines[-1] == "Stopped with 1 of 3 files. The same call goes on from there within a day."


def test_an_upload_that_has_expired_or_is_not_as_remembered_is_begun_anew(service, scored, monkeypatch):
    # Given
    wanted = scored(into="sales/whole").version.digest
    spoils = {
        "expired": lambda: service.uploads.popitem(),
        "shortened": lambda: list(service.uploads.values())[-1]["files"]["deep/part-0.parquet"].pop(),
        "strange": lambda: [each["files"].update({"other.parquet": b"x"}) for each in service.uploads.values()],
    }

    for name, spoil in spoils.items():
        with monkeypatch.context() as patched, pytest.raises(Killed):
            Killer(patched, 3, "half")
            scored(into=f"sales/{name}")
        spoil()

        # Then
        assert scored(into=f"sales/{name}").version.digest == wanted


def test_of_two_calls_here_at_once_one_says_that_the_other_is_at_it(service, scored):
    # Given
    inside, refused = threading.Event(), threading.Event()
    outcomes = []

    def slowly(line):
        inside.set()
        refused.wait(10)

    first = threading.Thread(target=lambda: outcomes.append(scored(progress=slowly).version.number))
    first.start()
    inside.wait(10)

    # When
    with pytest.raises(BenchtopError, match=r"Process \d+ does this already: sales/orders version 1") as second:
        scored()
    refused.set()
    first.join()

    # Then
    assert second.value.code == "already_scoring"
    assert outcomes == [scored().version.number] == [1]
    assert len(service.uploads) == 1


def test_who_scored_the_same_elsewhere_and_was_first_has_made_the_version(service, scored):
    # Given
    def overtaken(line):
        if line.startswith("part-1"):
            assert scored(home="elsewhere").version.number == 1

    # When
    made = scored(progress=overtaken)

    # Then
    assert made.version.number == 1
    assert len(service.versions_of["sales/scores"]) == 1
    assert len(service.uploads) == 1


def test_two_who_commit_elsewhere_in_the_same_moment_are_given_the_same_version(service, scored, monkeypatch):
    # Given
    commit, other = writing.Upload.commit, []

    def both(upload):
        if not other:
            other.append(None)
            other[0] = scored(home="elsewhere").version.number
        return commit(upload)

    monkeypatch.setattr(writing.Upload, "commit", both)

    # Then
    assert scored().version.number == other[0] == 1
    assert len({each["digest"] for each in service.versions_of["sales/scores"]}) == 1


def test_what_was_kept_otherwise_than_it_was_sent_is_told(service, scored):
    # Given
    service.damages = lambda files: {**files, "part-1.parquet": files["part-0.parquet"]}

    # Then
    with pytest.raises(BenchtopError, match="Version 1 of sales/scores is not what was sent") as refused:
        scored()
    assert refused.value.code == "version_changed"


def test_the_models_file_is_fetched_once_and_compared_each_time(service, scored, tmp_path):
    # Given
    def fetches():
        return sum(path.endswith("/files/model.onnx") for method, path, _ in service.asked if method == "GET")

    scored()
    scored(keep=[])
    assert fetches() == 1
    [kept] = (tmp_path / "home/.cache/benchtop/models").iterdir()
    content = kept.read_bytes()

    # When
    kept.write_bytes(content[:-1])
    scored(keep=["note"])

    # Then
    assert fetches() == 2
    assert kept.read_bytes() == content


def test_a_model_that_is_not_what_its_manifest_says_is_not_loaded(service, scored):
    # Given
    service.stored["late", "0.0.1"]["model.onnx"] += b"\0"

    # Then
    with pytest.raises(BenchtopError, match="is not what its manifest says") as refused:
        scored()
    assert refused.value.code == "version_changed"


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"format": "torchscript"}, "not_scorable", "is TorchScript, and only ONNX is run here"),
        ({"format": "python", "servable": False}, "not_scorable", "is no ONNX"),
        ({"state": "REFUSED", "stateMessage": "It lies."}, "not_ready", "late 0.0.1 is REFUSED. It lies."),
    ],
)
def test_only_onnx_that_is_ready_is_scored_with(service, scored, changes, code, says):
    # Given
    service.versions["late", "0.0.1"].update(changes)

    # Then
    with pytest.raises(BenchtopError, match=says) as refused:
        scored(version="0.0.1")
    assert refused.value.code == code
    assert service.uploads == {}


def test_a_column_that_is_missing_is_named_beside_the_spare_ones(service, scored):
    # Given
    service.give("sales/orders", {"a.parquet": ROWS.rename_columns(["d", "c", "price", "a", "order_id", "note"])})

    # Then
    with pytest.raises(
        BenchtopError, match=r"no column b, which late 0\.0\.1 takes\. .*: price, order_id, note\."
    ) as refused:
        scored()
    assert refused.value.code == "columns_differ"


@pytest.mark.parametrize(
    ("chosen", "code", "says"),
    [
        ({"columns": ["a", "b"]}, "columns_differ", "takes 4 columns; these are 2: a, b"),
        ({"columns": ["a", "b", "c", "note"]}, "bad_column", "Column 'note' of sales/orders version 1 is large_string"),
        ({"keep": ["colour"]}, "no_such_column", "no column colour to keep"),
        ({"into": "scores"}, "bad_name", "no name of a dataset"),
        ({"model": "..late"}, "bad_name", "no name of a model"),
        ({"version": "9.9.9"}, "not_found", "not_found"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_sent(service, scored, chosen, code, says):
    with pytest.raises(BenchtopError, match=says) as refused:
        scored(**chosen)
    assert refused.value.code == code
    assert service.uploads == {}


def test_wrong_arguments_are_errors_of_the_language(scored):
    with pytest.raises(TypeError, match="keep and columns are lists"):
        scored(keep="order_id")
    with pytest.raises(ValueError, match="batch_rows is 0"):
        scored(batch_rows=0)


def test_a_kept_column_and_an_answer_cannot_have_one_name(service, scored):
    # Given
    service.give("sales/orders", {"a.parquet": ROWS.append_column("prediction", ROWS["a"])})

    # Then
    with pytest.raises(BenchtopError, match="prediction would be there twice") as refused:
        scored(keep=["prediction"])
    assert refused.value.code == "column_taken"


def test_columns_are_asked_for_where_the_model_does_not_know_them(service, scored, tmp_path):
    # Given
    publish(asking(service, tmp_path), trained("sklearn-classifier")[0], "plain", sample=NUMBERS)

    # Then
    with pytest.raises(BenchtopError, match="takes 4 columns as one input 'X' and does not say which") as refused:
        scored(model="plain")
    assert refused.value.code == "columns_unknown"
    scored(model="plain", columns=["a", "b", "c", "d"])
    own = trained("sklearn-classifier")[0].predict(NUMBERS[:90]).tolist()
    assert rows_of(service)["part-0.parquet"]["prediction"].to_pylist() == own


@pytest.mark.parametrize("name", ["sklearn-columns", "lightgbm-step"])
def test_an_input_for_each_column_takes_it_by_name(service, scored, tmp_path, name):
    # Given
    model = trained(name)[0]
    publish(asking(service, tmp_path), model, "many", sample=ORDERS)
    rows = pyarrow.Table.from_pandas(ORDERS[["price", "city", "pieces"]])
    coded = rows.set_column(1, "city", rows["city"].dictionary_encode())
    service.give("sales/towns", {"a.parquet": coded[:100], "b.parquet": coded[100:]})

    # When
    scored("sales/towns", model="many", keep=["city"])

    # Then
    whole = pyarrow.concat_tables([each.select(["prediction", "probability_1"]) for each in rows_of(service).values()])
    assert whole["prediction"].to_pylist() == model.predict(ORDERS).tolist()
    numpy.testing.assert_allclose(whole["probability_1"], model.predict_proba(ORDERS)[:, 1], atol=1e-4)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("sklearn-texts", ["prediction", "probability_no", "probability_yes"]),
        ("sklearn-regressor", ["prediction"]),
        ("sklearn-clusters", ["prediction", "scores_0", "scores_1", "scores_2"]),
        ("sklearn-transformer", ["variable_0", "variable_1", "variable_2", "variable_3"]),
        ("xgboost-classifier", ["prediction", "probability_0", "probability_1"]),
        ("lightgbm-regressor", ["prediction"]),
    ],
)
def test_answers_have_the_names_of_what_they_are(service, scored, tmp_path, name, columns):
    # Given
    publish(asking(service, tmp_path), trained(name)[0], name, sample=NUMBERS)

    # When
    scored(model=name, keep=[], columns=["a", "b", "c", "d"])

    # Then
    assert rows_of(service)["part-0.parquet"].schema.names == columns
    assert rows_of(service)["part-1.parquet"].schema.names == columns


def test_missing_numbers_are_nan_for_a_model_that_knows_them(service, scored, tmp_path):
    # Given
    model = trained("lightgbm-classifier")[0]
    publish(asking(service, tmp_path), model, "gaps", sample=FRAME)
    values = [None if each % 3 == 0 else float(each) for each in range(20)]
    rows = ROWS[:20].set_column(3, "a", pyarrow.array(values))
    service.give("sales/orders", {"a.parquet": rows})

    # When
    scored(model="gaps")

    # Then
    asked = NUMBERS[:20].copy()
    asked[:, 0] = [numpy.nan if each is None else each for each in values]
    own = rows_of(service)["a.parquet"]["probability_1"]
    numpy.testing.assert_allclose(own, model.predict_proba(asked)[:, 1], atol=1e-5)


def test_what_an_input_cannot_hold_is_refused_with_column_and_file(service, scored, tmp_path):
    # Given
    publish(asking(service, tmp_path), trained("sklearn-columns")[0], "many", sample=ORDERS)
    rows = pyarrow.Table.from_pandas(ORDERS[:4])
    floats = rows.set_column(0, "pieces", rows["pieces"].cast("float64"))
    spoilt = [
        (rows, "city", pyarrow.array(["Bern", None, None, "Ulm"]), r"Column 'city' of b\.parquet has 2 missing values"),
        (floats, "pieces", pyarrow.array([1.0, 2.5, 3.0, 4.0]), "fractions, or numbers that are too large"),
    ]

    for good, column, values, says in spoilt:
        bad = good.set_column(good.schema.names.index(column), column, values)
        service.give("sales/towns", {"a.parquet": good, "b.parquet": bad})

        # Then
        with pytest.raises(BenchtopError, match=says) as refused:
            scored("sales/towns", model="many", keep=[])
        assert refused.value.code == "bad_column"


def test_decimals_whole_numbers_and_truth_values_are_numbers(service, scored):
    # Given
    decimals = pyarrow.array([1, 2, 3, 4]).cast(pyarrow.decimal128(21, 2))
    rows = pyarrow.table({"a": decimals, "b": [1, 2, None, 4], "c": [True, False, True, False], "d": [1.5, 2, 3, 4]})
    service.give("sales/orders", {"a.parquet": rows})

    # When
    scored(keep=["a"])

    # Then
    asked = numpy.array([[1, 1, 1, 1.5], [2, 2, 0, 2], [4, 4, 0, 4]])
    own = rows_of(service)["a.parquet"]
    assert own.schema.field("a").type == decimals.type
    numpy.testing.assert_allclose(
        own["probability_1"].take([0, 1, 3]), trained("sklearn-classifier")[0].predict_proba(asked)[:, 1], atol=1e-5
    )


def test_a_version_of_empty_files_gives_empty_files_with_the_same_columns(service, scored):
    # Given
    scored()
    service.give("sales/orders", {"a.parquet": ROWS[:0], "b.parquet": ROWS[:0]})

    # When
    scored()

    # Then
    before, now = rows_of(service, number=0)["part-0.parquet"], rows_of(service)
    assert {path: each.num_rows for path, each in now.items()} == {"a.parquet": 0, "b.parquet": 0}
    assert now["a.parquet"].schema == before.schema


def test_arrow_files_become_parquet_beside_others_of_the_name(service, scored):
    # Given
    files = {"a.arrow": arrow(ROWS[:3]), "a.feather": arrow(ROWS[3:5]), "b.arrow": arrow(ROWS[5:6])}
    service.give("sales/orders", files, format="arrow")

    # When
    scored()

    # Then
    assert {path: each.num_rows for path, each in rows_of(service).items()} == {
        "a.arrow.parquet": 3,
        "a.feather.parquet": 2,
        "b.parquet": 1,
    }


def test_columns_that_are_folders_stay_folders_and_may_be_features(service, scored):
    # Given
    part = ROWS.drop_columns(["a"])
    service.give("sales/orders", {"a=1/x.parquet": part[:2], "a=2/x.parquet": part[2:4]}, partitions=["a"])
    told = service.versions_of["sales/orders"][-1]
    told["columns"].append({"name": "a", "type": "int64", "nullable": True})

    # When
    scored(keep=["a", "order_id"])

    # Then
    files = rows_of(service)
    assert list(files) == ["a=1/x.parquet", "a=2/x.parquet"]
    assert files["a=1/x.parquet"].schema.names[:2] == ["order_id", "prediction"]
    asked = NUMBERS[2:4].copy()
    asked[:, 0] = 2
    own = files["a=2/x.parquet"]["probability_1"]
    numpy.testing.assert_allclose(own, trained("sklearn-classifier")[0].predict_proba(asked)[:, 1], atol=1e-5)


def test_rows_that_come_as_a_stream_become_one_file(service, scored):
    # Given
    service.streams["sales/csv"] = ROWS[:7]
    service.give("sales/csv", {"a.csv": b"told by the service"}, format="csv")

    # When
    scored("sales/csv")

    # Then
    assert {path: each.num_rows for path, each in rows_of(service).items()} == {"part-0.parquet": 7}


def test_what_cannot_be_read_again_as_it_was_is_refused(service, scored):
    # Given
    service.pinned = False

    # Then
    with pytest.raises(BenchtopError, match=r"Save its rows as a dataset first") as refused:
        scored()
    assert refused.value.code == "not_pinned"


def foreign(shape, outputs=("y",), width=2):
    """A model of somebody else: y = x + x."""
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], [name]) for name in outputs],
        "doubling",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, *shape[1:]]) for name in outputs],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)])
    model.ir_version = 10
    return model


def test_a_model_of_somebody_else_keeps_the_names_of_its_outputs(service, scored, tmp_path):
    # Given
    client = asking(service, tmp_path)
    publish(client, foreign([None, 1], ["y", "z"]), "two", sample={"x": NUMBERS[:5, :1].astype("f4")})
    publish(client, foreign([None]), "one", sample={"x": NUMBERS[:5, 0].astype("f4")})

    # When
    scored(model="two", columns=["a"], keep=[])
    both = rows_of(service)["part-0.parquet"]
    scored(model="one", columns=["a"], keep=[])
    alone = rows_of(service)["part-0.parquet"]

    # Then
    assert both.schema.names == ["y", "z"]
    assert alone.schema.names == ["prediction"]
    numpy.testing.assert_allclose(both["y"], NUMBERS[:90, 0] * 2, rtol=1e-5)


@pytest.mark.parametrize("shape", [[None, 2, 2], [3, 2]])
def test_a_model_that_takes_no_rows_is_refused(service, scored, tmp_path, shape):
    # Given
    sample = numpy.ones([each or 3 for each in shape], numpy.float32)
    publish(asking(service, tmp_path), foreign(shape), "images", sample={"x": sample})

    # Then
    with pytest.raises(BenchtopError, match="does not take rows of columns: its input x is FP32") as refused:
        scored(model="images")
    assert refused.value.code == "not_rows"


@pytest.mark.parametrize("width", [1, 3])
def test_an_answer_of_another_size_is_refused_and_not_cut(width):
    # Given
    answers = Answers({"y": numpy.ones((4, 2), numpy.float32)}, [])

    # Then
    with pytest.raises(BenchtopError, match="The output y has another size for rows of part 7") as refused:
        answers.arrays({"y": numpy.ones((4, width), numpy.float32)}, 4, "part 7")
    assert refused.value.code == "not_rows"


def test_the_columns_of_a_frame_are_kept_in_the_model(service, tmp_path):
    # Then
    notes = onnx.load_model_from_string(bytes(service.stored["late", "0.0.1"]["model.onnx"])).metadata_props
    assert {each.key: json.loads(each.value) for each in notes} == {
        "benchtop.columns": ["a", "b", "c", "d"],
        "benchtop.classes": ["0", "1"],
    }


def test_a_process_that_is_ended_leaves_what_another_goes_on_with(service, scored, tmp_path):
    # Given
    program = """
import os, benchtop as bt
bt.score("sales/orders", model="late", into="sales/scores", keep=["order_id"],
         progress=lambda line: os._exit(9) if line.startswith("part-0") else None)
"""
    source = str(Path(benchtop.__file__).parents[1])
    environment = {**service.environment, "PYTHONPATH": source, "HOME": str(tmp_path / "home")}

    # When
    ended = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    service.sent.clear()
    made = scored()

    # Then
    assert ended.returncode == 9, ended.stderr
    assert service.sent == ["part-1.parquet"]
    assert (made.version.number, made.version.rows) == (1, 200)
