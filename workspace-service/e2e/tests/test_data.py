"""The demos of data and experiments as a new user runs them, and what Benchtop knows afterwards."""

from __future__ import annotations

import json

import lab
import pytest
from journeys import ADMIN, api_token, create_and_start
from platform_process import Platform
from playwright.sync_api import Page
from rest import Rest

SLUG = "data-demos"
ORDERS = f"{ADMIN}/orders"
MODEL = "minutes = 2.9993 + 0.7500 * pieces"


@pytest.fixture(scope="module")
def api(admin: Page, platform: Platform) -> Rest:
    return Rest(platform.url, api_token(admin, platform, "demos"))


@pytest.fixture(scope="module")
def demos(admin: Page, platform: Platform) -> dict[str, dict]:
    """Both notebooks as they are saved after "Run All Cells", Python first."""
    page = admin.context.new_page()
    create_and_start(page, platform, "Data demos")
    server = f"{platform.url}/user/{ADMIN}/{SLUG}/"
    python = lab.run_all(page, server, "demos/data-python.ipynb", lab.PYTHON)
    java = lab.run_all(page, server, "demos/data-java.ipynb", lab.JAVA)
    page.close()
    return {"Python": python, "Java": java}


@pytest.fixture(scope="module")
def runs(demos: dict[str, dict], api: Rest) -> dict[str, dict]:
    """What is known of each notebook's run, by the language."""
    experiment = api.mlflow("experiments/get-by-name?experiment_name=packing")["experiment"]["experiment_id"]
    found = api.mlflow("runs/search", {"experiment_ids": [experiment]})["runs"]
    return {run["info"]["run_name"].removeprefix("a line, in "): run for run in found}


def test_both_languages_print_the_same(demos: dict[str, dict]):
    # Given
    java = lab.printed(demos["Java"])
    python = [line for line in lab.printed(demos["Python"]) if "View " not in line]  # MLflow's own

    # Then
    assert java[-2:] == ["490 of 500 orders were timed", MODEL]
    assert python[: len(java)] == java


@pytest.mark.parametrize(("language", "version"), [("Python", 2), ("Java", 4)])
def test_a_run_has_its_parameters_curve_and_file_and_what_it_read(
    runs: dict[str, dict], api: Rest, language: str, version: int
):
    # Given
    run = runs[language]
    run_id = run["info"]["run_id"]

    # Then
    assert run["info"]["status"] == "FINISHED"
    assert {param["key"]: param["value"] for param in run["data"]["params"]} == {"rate": "0.2", "steps": "20"}
    curve = api.mlflow(f"metrics/get-history?run_id={run_id}&metric_key=loss")["metrics"]
    assert [point["step"] for point in curve] == list(range(20))
    assert curve[0]["value"] > 40 * curve[-1]["value"]
    assert [file["path"] for file in api.mlflow(f"artifacts/list?run_id={run_id}")["files"]] == ["model.txt"]
    [used] = run["inputs"]["dataset_inputs"]
    digest = api.ask(f"/api/v1/datasets/{ORDERS}/versions/{version}")["digest"]
    assert (used["dataset"]["name"], used["dataset"]["digest"]) == (ORDERS, digest[:36])
    assert json.loads(used["dataset"]["source"]) == {"uri": f"bt://{ORDERS}@{version}"}


def test_every_version_tells_which_workspace_wrote_it(demos: dict[str, dict], api: Rest):
    # When
    versions = api.ask(f"/api/v1/datasets/{ORDERS}/versions")["versions"]

    # Then
    assert [(each["number"], each["rows"]) for each in versions] == [(4, 490), (3, 500), (2, 490), (1, 500)]
    assert {each["workspace"] for each in versions} == {workspace_id(api)}


def test_every_read_is_recorded_with_its_workspace_and_its_run(runs: dict[str, dict], api: Rest, platform: Platform):
    # When
    of_the_demos = f"from dataset_reads where workspace_id = '{workspace_id(api)}'"
    reads = platform.query(f"select version_number, run_id {of_the_demos} order by opened_at")

    # Then
    assert [int(read[0]) for read in reads] == [1, 1, 2, 3, 3, 4]
    assert reads[2][1] == runs["Python"]["info"]["run_id"]


def workspace_id(api: Rest) -> str:
    [own] = [each for each in api.ask("/api/v1/workspaces")["workspaces"] if each["slug"] == SLUG]
    return str(own["id"])


def test_s08_the_token_of_a_workspace_is_in_no_log_and_no_command_line_and_no_environment(
    demos: dict[str, dict], api: Rest, platform: Platform
):
    # Given a workspace in which both kernels run still
    workspace = workspace_id(api)

    # Then it is nowhere that its programs could be seen with it, nor in a file of the home
    assert platform.places_of_the_token(workspace, SLUG) == []
    assert platform.token_of(workspace) not in platform.logs()


def test_s40_the_token_of_a_workspace_is_in_no_notebook_and_in_nothing_told_about_runs(
    demos: dict[str, dict], runs: dict[str, dict], api: Rest, platform: Platform
):
    # Given
    token = platform.token_of(workspace_id(api))

    # Then
    assert token not in json.dumps(demos)
    assert token not in json.dumps(runs)
