"""One session of MLflow's own client, unmodified; writes down what it saw as JSON, so that two servers can be compared.

Whatever differs between any two servers (ids, times, addresses, names that are made up) is left out. What is told is what
a data scientist's program sees: `python mlflow_session.py TRACKING_URI FILE`.
"""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
from pathlib import Path

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import mlflow
from mlflow import MlflowClient
from mlflow.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    LoggedModelOutput,
    Metric,
    Param,
    RunTag,
    ViewType,
)
from mlflow.exceptions import MlflowException

TOLD: list = []


def tell(what: str, value) -> None:
    TOLD.append([what, value])


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
    tags = {key: value for key, value in run.data.tags.items() if not key.startswith(("mlflow.", "benchtop."))}
    return {
        "name": run.info.run_name,
        "tag of the name": run.data.tags.get("mlflow.runName"),
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
    tell("a run in a deleted one", refusal(lambda: client.create_run(iris)) != "not refused")
    tell("the name of a deleted one", refusal(lambda: client.create_experiment("iris 2")))
    client.restore_experiment(iris)
    client.create_experiment("wine")
    for view in (ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL):
        shown = client.search_experiments(view_type=view, filter_string="name != 'Default'", order_by=["name"])
        tell(f"experiments, view {view}", [one.name for one in shown])
    for filter_string in ("name LIKE 'iris%'", "name ILIKE 'IRIS%'", "tags.team = 'blue'", "tags.team != 'blue'"):
        tell(filter_string, [one.name for one in client.search_experiments(filter_string=filter_string)])
    first = client.search_experiments(max_results=1, order_by=["name DESC"])
    second = client.search_experiments(max_results=1, order_by=["name DESC"], page_token=first.token)
    tell("pages", [[one.name for one in page] for page in (first, second)])
    return iris


def runs(client: MlflowClient, iris: str) -> None:
    mlflow.set_experiment(experiment_id=iris)
    with mlflow.start_run(run_name="tree", tags={"kind": "tree"}, description="a first try") as active:
        tree = active.info.run_id
        mlflow.log_param("depth", 3)
        mlflow.log_params({"criterion": "gini", "empty": "", "long": "x" * 6000})
        for step in range(5):
            mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
        mlflow.log_metrics({"accuracy": 0.9, "nan": float("nan"), "least": float("-inf")}, step=2)
        mlflow.set_tags({"note": "ü ☃ \" ' \\", "kind": "forest"})
        with mlflow.start_run(run_name="fold 1", nested=True) as nested:
            mlflow.log_metric("accuracy", 0.8)
        tell("parent", client.get_run(nested.info.run_id).data.tags["mlflow.parentRunId"] == tree)
    tell("tree", seen(client.get_run(tree)))
    tell("its description", client.get_run(tree).data.tags["mlflow.note.content"])
    history = client.get_metric_history(tree, "loss")
    tell("history", sorted([one.step, one.value] for one in history))
    tell("history of none", client.get_metric_history(tree, "none"))

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
    tell("a deleted run", [client.get_run(tree).info.lifecycle_stage, names(client.search_runs([iris], "tags.kind = 'forest'"))])
    tell("logging to it", refusal(lambda: client.log_metric(tree, "loss", 1)) != "not refused")
    client.restore_run(tree)
    tell("restored", seen(client.get_run(tree))["stage"])


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
    searches = ("", f"source_run_id = '{run}'", "name LIKE 'n%'", "params.depth = '3'", "tags.kind = 'forest'", "colour = 'red'")
    for filter_string in searches:
        what = filter_string.replace(run, "RUN")
        try:
            tell(f"models with {what}", sorted(one.name for one in client.search_logged_models([iris], filter_string)))
        except MlflowException as refused:
            tell(f"models with {what}", refused.error_code)
    client.delete_logged_model(other.model_id)
    tell("models left", [one.name for one in client.search_logged_models([iris])])
    tell("no such model", refusal(lambda: client.get_logged_model("m-" + "0" * 32)))


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
    runs(client, iris)
    searches(client, iris)
    artifacts(client, iris)
    models(client, iris)
    Path(sys.argv[2]).write_text(json.dumps(TOLD))


if __name__ == "__main__":
    main()
