"""One session of MLflow's own client, unmodified; writes down what it saw as JSON, so that two servers can be compared.

Whatever differs between any two servers (ids, times, addresses, names that are made up) is left out or made the same. What
is told is what a data scientist's program sees, and at the end the servers' own JSON, field by field:
`python mlflow_session.py TRACKING_URI FILE`.
"""

from __future__ import annotations

import json
import math
import os
import re
import sys
import tempfile
from pathlib import Path

import mlflow
import numpy
import requests
from mlflow import MlflowClient
from mlflow.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    LoggedModelInput,
    LoggedModelOutput,
    Metric,
    Param,
    RunTag,
    ViewType,
)
from mlflow.exceptions import MlflowException
from mlflow.models import Model, infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

TOLD: dict = {}

# Of the tags that MLflow's client sets itself, those that name something random or somebody.
THEIR_OWN = {"mlflow.user", "mlflow.parentRunId", "mlflow.log-model.history"}


def tell(what: str, value) -> None:
    assert what not in TOLD, f"{what} is told twice"
    TOLD[what] = value


def plain(text: str) -> str:
    """Without the ids in it."""
    return re.sub(r"[0-9a-f]{32}", "ID", text)


def refusal(call) -> str:
    """The code of the refusal; its sentence is each server's own."""
    try:
        call()
    except MlflowException as refused:
        return refused.error_code
    return "not refused"


def number(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


def seen(run) -> dict:
    tags = {key: value for key, value in run.data.tags.items() if key not in THEIR_OWN}
    return {
        "name": run.info.run_name,
        "status": run.info.status,
        "stage": run.info.lifecycle_stage,
        "over": run.info.end_time is not None,
        "params": dict(sorted(run.data.params.items())),
        "metrics": {key: number(value) for key, value in sorted(run.data.metrics.items())},
        "tags": dict(sorted(tags.items())),
        "inputs": [
            [one.dataset.name, one.dataset.digest, one.dataset.source, [[tag.key, tag.value] for tag in one.tags]]
            for one in run.inputs.dataset_inputs
        ],
        "models read": len(run.inputs.model_inputs),
        "models made": sorted(one.step for one in run.outputs.model_outputs),
    }


def names(runs) -> list[str]:
    return [run.info.run_name for run in runs]


def experiments(client: MlflowClient) -> str:
    iris = client.create_experiment("iris", tags={"team": "blue"})
    tell("the same name again", refusal(lambda: client.create_experiment("iris")))
    tell("an empty name", refusal(lambda: client.create_experiment("")))
    client.set_experiment_tag(iris, "goal", "95 %")
    found = client.get_experiment_by_name("iris")
    tell("experiment", [found.name, found.lifecycle_stage, dict(sorted(found.tags.items()))])
    tell("one that is not there", client.get_experiment_by_name("nothing"))
    tell("an id that is not there", refusal(lambda: client.get_experiment("424242424242424242")))
    client.rename_experiment(iris, "iris 2")
    client.delete_experiment(iris)
    tell("deleted", client.get_experiment(iris).lifecycle_stage)
    tell("a run in a deleted one", refusal(lambda: client.create_run(iris)))
    tell("the name of a deleted one", refusal(lambda: client.create_experiment("iris 2")))
    tell("deleted again", refusal(lambda: client.delete_experiment(iris)))
    tell("a deleted one renamed", refusal(lambda: client.rename_experiment(iris, "iris 3")))
    client.restore_experiment(iris)
    tell("restored again", refusal(lambda: client.restore_experiment(iris)))
    client.create_experiment("wine")
    for view in (ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL):
        shown = client.search_experiments(view_type=view, filter_string="name != 'Default'", order_by=["name"])
        tell(f"experiments, view {view}", [one.name for one in shown])
    for filter_string in ("name LIKE 'iris%'", "name ILIKE 'IRIS%'", "tags.team = 'blue'", "tags.team != 'blue'"):
        tell(filter_string, [one.name for one in client.search_experiments(filter_string=filter_string)])
    first = client.search_experiments(max_results=1, order_by=["name DESC"])
    second = client.search_experiments(max_results=1, order_by=["name DESC"], page_token=first.token)
    tell("pages", [[one.name for one in page] for page in (first, second)])
    for length in (5_001, 20_000, 20_001):
        tell(f"a tag of {length}", refusal(lambda length=length: client.set_experiment_tag(iris, "note", "x" * length)))
    tell("the longest tag", len(client.get_experiment(iris).tags["note"]))
    client.delete_experiment_tag(iris, "note")
    tell("tags left", dict(sorted(client.get_experiment(iris).tags.items())))
    tell("no such tag of it", refusal(lambda: client.delete_experiment_tag(iris, "note")))
    return iris


def runs_of_deleted_experiments(client: MlflowClient) -> None:
    """They share its fate, both ways."""
    beans = client.create_experiment("beans")
    kept = client.create_run(beans, run_name="kept").info.run_id
    gone = client.create_run(beans, run_name="gone").info.run_id
    client.delete_run(gone)
    for change in (client.delete_experiment, client.restore_experiment):
        change(beans)
        tell(f"runs after {change.__name__}", [client.get_run(run).info.lifecycle_stage for run in (kept, gone)])
        tell(f"logging after {change.__name__}", refusal(lambda: client.log_metric(kept, "loss", 1)))
        tell(f"searched after {change.__name__}", sorted(names(client.search_runs([beans]))))
    client.delete_experiment(beans)


def runs(client: MlflowClient, iris: str) -> None:
    mlflow.set_experiment(experiment_id=iris)
    with mlflow.start_run(run_name="tree", tags={"kind": "tree"}, description="a first try") as active:
        tree = active.info.run_id
        mlflow.log_param("depth", 3)
        mlflow.log_params({"criterion": "gini", "empty": "", "long": "x" * 6000})
        for step in range(5):
            mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
        mlflow.log_metrics({"accuracy": 0.9}, step=2)
        mlflow.set_tags({"note": "ü ☃ \" ' \\", "kind": "forest"})
        with mlflow.start_run(run_name="fold 1", nested=True) as nested:
            mlflow.log_metric("accuracy", 0.8)
        tell("parent", client.get_run(nested.info.run_id).data.tags["mlflow.parentRunId"] == tree)
    tell("tree", seen(client.get_run(tree)))
    strange = client.create_run(client.create_experiment("strange")).info.run_id
    client.log_batch(strange, metrics=[Metric("nan", float("nan"), 1, 1), Metric("least", float("-inf"), 1, 1)])
    tell("metrics that are no numbers", sorted(str(one) for one in client.get_run(strange).data.metrics.values()))
    tell("its description", client.get_run(tree).data.tags["mlflow.note.content"])
    history = client.get_metric_history(tree, "loss")
    tell("history", sorted([one.step, one.value] for one in history))
    tell("history of none", client.get_metric_history(tree, "none"))
    store, pages, token = client._tracking_client.store, [], None
    while token or not pages:
        page = store.get_metric_history(tree, "loss", max_results=2, page_token=token)
        pages.append([one.value for one in page])
        token = page.token
    tell("history by pages", pages)

    try:
        with mlflow.start_run(run_name="broken"):
            raise RuntimeError("the kernel's own trouble")
    except RuntimeError:
        tell("broken", names(client.search_runs([iris], "attributes.status = 'FAILED'")))

    net = client.create_run(iris, run_name="net", start_time=5).info.run_id
    client.log_batch(
        net,
        metrics=[Metric("loss", 2.0 - step / 100, 1000 + step, step) for step in range(150)],
        params=[Param("depth", "9"), Param("layer size", "8/16")],
        tags=[RunTag("kind", "net")],
    )
    client.log_batch(net, metrics=[Metric("loss", 7.0, 1, 3)])
    tell("latest", number(client.get_run(net).data.metrics["loss"]))
    tell("how many", len(client.get_metric_history(net, "loss")))
    orders = Dataset(name="orders", digest="ab12", source_type="local", source="orders.csv")
    client.log_inputs(net, [DatasetInput(orders, [InputTag("mlflow.data.context", "training")])])
    client.update_run(net, status="FINISHED", name="network")
    tell("net", seen(client.get_run(net)))
    client.set_terminated(net, "KILLED")
    tell("killed", client.get_run(net).info.status)

    tell("another value", refusal(lambda: client.log_param(net, "depth", 10)))
    tell("the same value", refusal(lambda: client.log_param(net, "depth", 9)))
    tell("half a batch", refusal(lambda: client.log_batch(net, params=[Param("new", "1"), Param("depth", "10")])))
    tell("a name that is no path", refusal(lambda: client.log_metric(net, "../loss", 1)))
    tell("too long", refusal(lambda: client.log_param(net, "longer", "x" * 6001)))
    tell("no such run", refusal(lambda: client.get_run("0" * 32)))
    tell("no such tag", refusal(lambda: client.delete_tag(net, "none")))
    client.set_tag(net, "going", "soon")
    client.delete_tag(net, "going")
    tell("tags", seen(client.get_run(net))["tags"])

    client.delete_run(tree)
    tell(
        "a deleted run",
        [client.get_run(tree).info.lifecycle_stage, names(client.search_runs([iris], "tags.kind = 'forest'"))],
    )
    tell("logging to it", refusal(lambda: client.log_metric(tree, "loss", 1)))
    client.restore_run(tree)
    tell("restored", seen(client.get_run(tree))["stage"])


def logged_without_waiting(client: MlflowClient, iris: str) -> None:
    run = client.create_run(iris, run_name="asynchronous").info.run_id
    asked = [client.log_metric(run, "loss", 1 / (step + 1), step=step, synchronous=False) for step in range(20)]
    asked.append(client.log_param(run, "depth", 4, synchronous=False))
    asked.append(client.set_tag(run, "kind", "late", synchronous=False))
    for one in asked:
        one.wait()
    tell("logged without waiting", seen(client.get_run(run)))
    tell("its history", [one.value for one in client.get_metric_history(run, "loss")])
    mlflow.config.enable_async_logging()
    with mlflow.start_run(run_name="all asynchronous") as active:
        mlflow.log_params({"depth": 5, "criterion": "entropy"})
        mlflow.log_metrics({"accuracy": 0.7, "loss": 0.3}, step=1)
    mlflow.flush_async_logging()
    mlflow.config.enable_async_logging(False)
    tell("all without waiting", seen(client.get_run(active.info.run_id)))
    wrong = client.log_param(run, "depth", 5, synchronous=False)
    tell("another value without waiting", refusal(wrong.wait) != "not refused")


def artifacts(client: MlflowClient, iris: str) -> None:
    with mlflow.start_run(run_name="files") as active, tempfile.TemporaryDirectory() as folder:
        run = active.info.run_id
        mlflow.log_text("ü ☃", "notes/first.txt")
        mlflow.log_dict({"a": [1, 2]}, "config.json")
        large = Path(folder, "large.bin")
        large.write_bytes(os.urandom(12_000_000))
        mlflow.log_artifact(str(large), "data/of run")
        Path(folder, "tree", "deep").mkdir(parents=True)
        Path(folder, "tree", "deep", "leaf.csv").write_text("x,y\n1,2\n")
        Path(folder, "tree", "empty").write_bytes(b"")
        mlflow.log_artifacts(str(Path(folder, "tree")), "tree")
        mlflow.log_text("another", "notes/first.txt")
        tell("large", downloaded(client, run, "data/of run/large.bin", folder) == large.read_bytes())
        tell("text", downloaded(client, run, "notes/first.txt", folder).decode())
        tell("leaf", downloaded(client, run, "tree/deep/leaf.csv", folder).decode())
        tell("empty", downloaded(client, run, "tree/empty", folder).decode())
        whole = Path(client.download_artifacts(run, "tree", folder))
        tell("whole", sorted(path.relative_to(whole).as_posix() for path in whole.rglob("*")))
        for path in (None, "notes", "tree", "config.json", "none"):
            found = client.list_artifacts(run, path)
            tell(f"files in {path}", sorted([one.path, one.is_dir, one.file_size] for one in found))


def models(client: MlflowClient, iris: str) -> None:
    run = client.create_run(iris, run_name="maker").info.run_id
    made = client.create_logged_model(
        iris, name="tree", source_run_id=run, model_type="sklearn", params={"depth": "3"}, tags={"kind": "tree"}
    )
    tell("made", [made.name, str(made.status), made.model_type, made.source_run_id == run])
    client.log_outputs(run, [LoggedModelOutput(made.model_id, 2)])
    client.finalize_logged_model(made.model_id, "READY")
    client.set_logged_model_tags(made.model_id, {"more": "1", "kind": "forest"})
    client.log_model_params(made.model_id, {"criterion": "gini"})
    client.delete_logged_model_tag(made.model_id, "more")
    other = client.create_logged_model(iris, name="net", source_run_id=client.create_run(iris).info.run_id)
    client.finalize_logged_model(other.model_id, "FAILED")
    found = client.get_logged_model(made.model_id)
    tell("model", [found.name, str(found.status), dict(sorted(found.params.items())), dict(sorted(found.tags.items()))])
    tell("of its run", [[one.model_id == made.model_id, one.step] for one in client.get_run(run).outputs.model_outputs])
    searches = (
        "",
        f"source_run_id = '{run}'",
        "name LIKE 'n%'",
        "params.depth = '3'",
        "tags.kind = 'forest'",
        "colour = 'red'",
    )
    for filter_string in searches:
        what = filter_string.replace(run, "RUN")
        try:
            tell(f"models with {what}", sorted(one.name for one in client.search_logged_models([iris], filter_string)))
        except MlflowException as refused:
            tell(f"models with {what}", refused.error_code)
    odd = client.create_experiment("odd names")
    for name in ("a.b", "a/b", "a:b", "a%b", "a'b", ""):
        tell(f"a model called {name!r}", refusal(lambda name=name: client.create_logged_model(odd, name=name)))
    client.delete_logged_model(other.model_id)
    tell("models left", [one.name for one in client.search_logged_models([iris])])
    tell("no such model", refusal(lambda: client.get_logged_model("m-" + "0" * 32)))


def training(client: MlflowClient, iris: str) -> None:
    """What scikit-learn trains is logged by itself, with its data and its model."""
    flowers = load_iris(as_frame=True)
    mlflow.sklearn.autolog(log_input_examples=True, silent=True)
    with mlflow.start_run(run_name="autologged") as active:
        tree = DecisionTreeClassifier(max_depth=2, random_state=0).fit(flowers.data, flowers.target)
        tree.score(flowers.data, flowers.target)
    mlflow.sklearn.autolog(disable=True)
    run = client.get_run(active.info.run_id)
    tell("autologged", seen(run))
    tell("files of it", sorted(one.path for one in client.list_artifacts(run.info.run_id)))
    [made] = client.search_logged_models([iris], f"source_run_id = '{run.info.run_id}'")
    tell("its model", told(made))
    for uri in (f"models:/{made.model_id}", f"runs:/{run.info.run_id}/model"):
        loaded = mlflow.sklearn.load_model(uri)
        tell(
            f"loaded by {plain(uri)}", bool(numpy.array_equal(loaded.predict(flowers.data), tree.predict(flowers.data)))
        )


def told(model) -> dict:
    """What is known of a logged model."""
    tags = {key: value for key, value in model.tags.items() if key != "mlflow.user"}
    metrics = [
        [one.key, number(one.value), one.step, one.dataset_name, one.dataset_digest, one.model_id == model.model_id]
        for one in model.metrics or []
    ]
    return {
        "name": model.name,
        "status": str(model.status),
        "type": model.model_type,
        "params": dict(sorted(model.params.items())),
        "tags": dict(sorted((key, plain(value)) for key, value in tags.items())),
        "metrics": sorted(metrics, key=str),
    }


def measured_models(client: MlflowClient, iris: str) -> None:
    """Models with a signature and an example, measured on data that is known by name."""
    flowers = load_iris(as_frame=True)
    train = mlflow.data.from_pandas(flowers.frame.iloc[::2], name="train", targets="target")
    test = mlflow.data.from_pandas(flowers.frame.iloc[1::2], name="test", targets="target")
    made = {}
    for called, strength in {"weak": 0.01, "strong": 1.0}.items():
        with mlflow.start_run(run_name=called) as active:
            mlflow.log_input(train, context="training")
            mlflow.log_input(test, context="testing", tags={"fold": "1"})
            mlflow.log_input(test, context="testing")
            model = LogisticRegression(C=strength, max_iter=500).fit(
                train.df[flowers.feature_names], train.df["target"]
            )
            logged = mlflow.sklearn.log_model(
                model,
                name=f"logistic-{called}",
                signature=infer_signature(flowers.data, model.predict(flowers.data)),
                input_example=flowers.data.head(3),
                params={"C": strength},
                tags={"kind": "linear"},
                pip_requirements=["scikit-learn"],
                skops_trusted_types=["sklearn.linear_model._logistic.LogisticRegression"],
            )
            made[called] = logged.model_id
            for step, (dataset, weight) in enumerate(((train, 1.0), (test, 0.5))):
                mlflow.log_metric("accuracy", strength * weight, step=step, dataset=dataset, model_id=logged.model_id)
            mlflow.log_metrics({"f1": strength / 2, "loss": -strength}, step=3, dataset=test, model_id=logged.model_id)
            mlflow.log_metric("of no data", 1, model_id=logged.model_id)
            mlflow.log_metric("of no model", 2, dataset=test)
        tell(f"run of {called}", seen(client.get_run(active.info.run_id)))
        tell(f"model of {called}", told(client.get_logged_model(logged.model_id)))
        again = mlflow.pyfunc.load_model(f"models:/{logged.model_id}")
        tell(f"predictions of {called}", again.predict(flowers.data).tolist() == model.predict(flowers.data).tolist())
        tell(f"signature of {called}", str(again.metadata.signature))
        files = client.list_logged_model_artifacts(logged.model_id)
        tell(f"files of {called}", sorted([one.path, one.is_dir] for one in files))

    reader = client.create_run(iris, run_name="reader").info.run_id
    inputs = [LoggedModelInput(model_id) for model_id in made.values()]
    client.log_inputs(reader, models=[*inputs, inputs[0]])
    read = client.get_run(reader)
    tell("models read", sorted(one.model_id for one in read.inputs.model_inputs) == sorted(made.values()))
    [found] = client.search_runs([iris], "run_name = 'reader'")
    tell("models read, found by a search", len(found.inputs.model_inputs))
    of_strong = {"model_id": made["strong"], "dataset_name": "test", "dataset_digest": "other"}
    for _ in range(2):
        client.log_metric(reader, "accuracy", 0.25, timestamp=1, step=9, **of_strong)
    client.log_batch(
        reader, metrics=[Metric("f1", 0.75, 1, 9, model_id=made["weak"], dataset_name="a", dataset_digest="1")]
    )
    tell("measured again", [told(client.get_logged_model(one))["metrics"] for one in made.values()])
    tell(
        "a metric of no such model",
        refusal(lambda: client.log_metric(reader, "x", 1, model_id="m-" + "0" * 32)) != "not refused",
    )

    history = Model(artifact_path="old", run_id=reader, utc_time_created="2026-01-02 03:04:05", model_uuid="u")
    history.add_flavor("python_function", loader_module="x", config={"left": "out"})
    for _ in range(2):
        client._record_logged_model(reader, history)
    tell("models of the older kind", json.loads(plain(client.get_run(reader).data.tags["mlflow.log-model.history"])))

    for filter_string, datasets, order_by in MODEL_SEARCHES:
        try:
            page = client.search_logged_models(
                [iris], filter_string.format(**{"test": test.digest}), datasets=datasets, order_by=order_by
            )
            answer = [one.name for one in page]
        except MlflowException as refused:
            answer = refused.error_code
        tell(f"models {filter_string!r} {datasets} {order_by}", answer)
    pages, token = [], None
    while token or not pages:
        page = client.search_logged_models([iris], max_results=1, order_by=[{"field_name": "name"}], page_token=token)
        pages.append([one.name for one in page])
        token = page.token
    tell("pages of models", pages)

    for filter_string in (
        "datasets.name = 'train'",
        "dataset.name LIKE 'te%'",
        f"datasets.digest = '{test.digest}'",
        "datasets.digest IN ('a', 'b')",
        "datasets.context = 'training'",
        "dataset.context != 'training'",
        "datasets.context LIKE 'test%' AND datasets.name = 'train'",
        "datasets.context IN ('testing')",
        "datasets.colour = 'red'",
    ):
        try:
            answer = names(client.search_runs([iris], filter_string, order_by=["run_name"]))
        except MlflowException as refused:
            answer = refused.error_code
        tell(f"runs with {filter_string}", answer)


BY_ACCURACY = {"field_name": "metrics.accuracy", "ascending": False}

MODEL_SEARCHES: list[tuple[str, list | None, list | None]] = [
    ("", None, [{"field_name": "name"}]),
    ("", None, [{"field_name": "name", "ascending": False}]),
    ("", None, [{"field_name": "model_type"}, {"field_name": "name"}]),
    ("", None, [{"field_name": "creation_time"}]),
    ("", None, [{"field_name": "last_updated_timestamp", "ascending": False}, {"field_name": "name"}]),
    ("", None, [BY_ACCURACY, {"field_name": "name"}]),
    ("tags.kind = 'linear'", None, [{**BY_ACCURACY, "dataset_name": "test"}]),
    ("tags.kind = 'linear'", None, [{**BY_ACCURACY, "dataset_name": "train", "ascending": True}]),
    ("metrics.accuracy > 0.4", None, [{"field_name": "name"}]),
    ("metrics.accuracy > 0.4", [{"dataset_name": "test"}], [{"field_name": "name"}]),
    ("metrics.accuracy >= 0.01 AND params.C = '0.01'", [{"dataset_name": "train"}], None),
    ("metrics.`of no data` = 1", None, [{"field_name": "name"}]),
    ("", [{"dataset_name": "train"}], [{"field_name": "name"}]),
    ("", [{"dataset_name": "a", "dataset_digest": "1"}], [{"field_name": "name"}]),
    ("", [{"dataset_name": "a", "dataset_digest": "2"}, {"dataset_name": "nothing"}], None),
    ("name IN ('logistic-strong', 'none')", None, None),
    ("name NOT IN ('logistic-strong') AND tags.kind = 'linear'", None, None),
    ("name != 'logistic-strong' AND tags.kind = 'linear'", None, None),
    ("name ILIKE 'LOGISTIC%'", None, [{"field_name": "name"}]),
    ("params.C LIKE '1%'", None, None),
    ("model_type = 'sklearn'", None, None),
    ("creation_timestamp > 5", None, [{"field_name": "name"}]),
    ("creation_timestamp LIKE '5'", None, None),
    ("", None, [{"field_name": "params.C"}]),
    ("", None, [{"field_name": "colour"}]),
]


RANDOM = {
    "run_id",
    "run_uuid",
    "model_id",
    "source_run_id",
    "experiment_id",
    "artifact_uri",
    "artifact_location",
    "root_uri",
    "user_id",
    "creation_time",
    "last_update_time",
    "creation_timestamp_ms",
    "last_updated_timestamp_ms",
    "start_time",
    "end_time",
    "timestamp",
    "next_page_token",
    # Of files that hold ids.
    "file_size",
}


def fields(value):
    """Of an answer, with the type in the place of what is random. An empty list says as much as none."""
    if isinstance(value, dict):
        present = {key: part for key, part in sorted(value.items()) if part != []}
        return {key: type(part).__name__ if key in RANDOM else fields(part) for key, part in present.items()}
    if isinstance(value, list):
        random = [part for part in value if isinstance(part, dict) and part.get("key") in THEIR_OWN]
        return sorted((fields(part) for part in value if part not in random), key=str)
    return value


def answers(client: MlflowClient, iris: str) -> None:
    """The servers' JSON itself."""
    api = sys.argv[1] + "/api/2.0/mlflow/"
    token = os.environ.get("MLFLOW_TRACKING_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    [measured] = client.search_runs([iris], "run_name = 'strong'")
    [network] = client.search_runs([iris], "run_name = 'network'")
    page = client._tracking_client.store.get_metric_history(network.info.run_id, "loss", max_results=2)
    tell("the first of a history", [[one.step, one.value] for one in page])
    [model] = client.search_logged_models([iris], "name = 'logistic-strong'")
    in_iris = {"experiment_ids": [iris]}
    bare = client.create_run(client.create_experiment("bare"), run_name="bare", start_time=7)
    asked: list[tuple[str, str, dict]] = [
        ("GET", "experiments/get", {"experiment_id": iris}),
        ("GET", "experiments/get-by-name", {"experiment_name": "bare"}),
        ("POST", "experiments/search", {"filter": "name = 'bare'", "max_results": 5}),
        ("GET", "runs/get", {"run_id": measured.info.run_id}),
        ("GET", "runs/get", {"run_id": bare.info.run_id}),
        ("GET", "runs/get", {"run_id": "0" * 32}),
        ("POST", "runs/search", {**in_iris, "filter": "run_name = 'strong'"}),
        ("POST", "runs/search", {**in_iris, "filter": "run_name = 'nobody'"}),
        ("POST", "runs/search", {"experiment_ids": [iris, bare.info.experiment_id], "filter": "start_time < 8"}),
        ("POST", "runs/update", {"run_id": bare.info.run_id, "status": "RUNNING"}),
        ("POST", "runs/set-tag", {"run_id": bare.info.run_id, "key": "a", "value": "b"}),
        ("GET", "metrics/get-history", {"run_id": measured.info.run_id, "metric_key": "accuracy", "max_results": 1}),
        ("GET", "metrics/get-history", {"run_id": network.info.run_id, "metric_key": "none"}),
        ("GET", f"logged-models/{model.model_id}", {}),
        ("POST", "logged-models/search", {**in_iris, "filter": "name = 'tree'"}),
        ("POST", "logged-models/search", {**in_iris, "filter": "name = 'nobody'"}),
        ("GET", "artifacts/list", {"run_id": measured.info.run_id}),
        ("GET", f"logged-models/{model.model_id}/artifacts/directories", {}),
        ("POST", "experiments/update", {"experiment_id": iris}),
    ]
    for number_of, (method, path, question) in enumerate(asked, 1):
        sent = {"params": question} if method == "GET" else {"json": question}
        answer = requests.request(method, api + path, headers=headers, timeout=60, **sent)
        body = answer.json()
        if answer.status_code != 200:
            body = {"error_code": body.get("error_code"), "fields": sorted(body)}
        tell(f"answer {number_of}: {method} {plain(path)}", [answer.status_code, fields(body)])


def downloaded(client: MlflowClient, run: str, path: str, folder: str) -> bytes:
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        return Path(client.download_artifacts(run, path, fresh)).read_bytes()


SEARCHES = [
    ("", ["attributes.start_time ASC"]),
    ("metrics.loss < 0.5", []),
    ("metrics.loss >= 0.2 and metrics.accuracy = 0.9", []),
    ("params.depth = '3'", []),
    ("params.`layer size` = '8/16'", []),
    ("params.criterion LIKE 'g%' AND tags.kind != 'net'", []),
    ("params.criterion ILIKE 'G%'", []),
    ("tags.kind = 'net' and attributes.run_name = 'network'", []),
    ("run_name LIKE 'f%'", []),
    ("status IN ('KILLED')", []),
    ("start_time = 5", []),
    ("datasets.name = 'orders'", []),
    ("", ["metrics.accuracy DESC", "start_time ASC"]),
    ("", ["params.depth", "start_time ASC"]),
    ("metrics.loss > 'x'", []),
    ("params.depth = 3", []),
    ("colour = 'red'", []),
    ("metrics.loss > 0.1 OR metrics.loss < 5", []),
]


def searches(client: MlflowClient, iris: str) -> None:
    for filter_string, order_by in SEARCHES:
        try:
            found = names(client.search_runs([iris], filter_string, order_by=order_by))
        except MlflowException as refused:
            found = refused.error_code
        tell(f"{filter_string} {order_by}", found)
    pages, token = [], None
    while token or not pages:
        page = client.search_runs([iris], order_by=["start_time ASC"], max_results=2, page_token=token)
        pages.append(names(page))
        token = page.token
    tell("pages of runs", pages)


def main() -> None:
    mlflow.set_tracking_uri(sys.argv[1])
    client = MlflowClient()
    iris = experiments(client)
    runs_of_deleted_experiments(client)
    runs(client, iris)
    searches(client, iris)
    logged_without_waiting(client, iris)
    artifacts(client, iris)
    models(client, iris)
    training(client, iris)
    measured_models(client, iris)
    answers(client, iris)
    Path(sys.argv[2]).write_text(json.dumps(TOLD))


if __name__ == "__main__":
    main()
