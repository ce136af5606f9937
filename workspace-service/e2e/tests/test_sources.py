"""The same orders from PostgreSQL, MariaDB and an S3 server, read by name in both languages, and no password in sight."""

from __future__ import annotations

import json
from pathlib import Path

import lab
import pytest
from journeys import ADMIN, api_token, create_and_start
from platform_process import Platform
from playwright.sync_api import Page
from rest import Rest
from sources import PASSWORD, Sources

SLUG = "sources"
NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
DATASETS = {
    "pg/orders": {"kind": "table", "connection": "pg", "table": "orders"},
    "pg/ulm": {
        "kind": "query",
        "connection": "pg",
        "query": "select id, day, city, pieces, minutes from orders where city = 'Ulm'",
    },
    "maria/orders": {"kind": "table", "connection": "maria", "table": "orders"},
    "lake/orders": {"kind": "files", "connection": "lake", "path": "orders"},
}


@pytest.fixture(scope="module")
def api(admin: Page, platform: Platform) -> Rest:
    return Rest(platform.url, api_token(admin, platform, "sources"))


@pytest.fixture(scope="module")
def sources(platform: Platform, api: Rest, tmp_path_factory: pytest.TempPathFactory):
    running = Sources(tmp_path_factory.mktemp("sources"), platform.source_host)
    running.connect(api)
    for name, source in DATASETS.items():
        api.ask("/api/v1/datasets", {"name": name, "source": source})
    yield running
    running.close()


@pytest.fixture(scope="module")
def notebooks(sources: Sources, admin: Page, platform: Platform, api: Rest) -> dict[str, dict]:
    """Both notebooks as they are saved after "Run All Cells"."""
    page = admin.context.new_page()
    create_and_start(page, platform, "Sources")
    path = f"/user/{ADMIN}/{SLUG}/"
    for language in ("python", "java"):
        content = json.loads((NOTEBOOKS / f"sources-{language}.ipynb").read_text())
        api.ask(f"{path}api/contents/{language}.ipynb", {"type": "notebook", "content": content}, "PUT")
    python = lab.run_all(page, platform.url + path, "python.ipynb", lab.PYTHON)
    java = lab.run_all(page, platform.url + path, "java.ipynb", lab.JAVA)
    page.close()
    return {"Python": python, "Java": java}


def test_both_languages_read_the_same_from_every_source(notebooks: dict[str, dict]):
    # Given
    python = [line for line in lab.printed(notebooks["Python"]) if "View " not in line]  # MLflow's own

    # Then
    assert [line.partition(" ")[0] for line in python[:4]] == list(DATASETS)
    assert len({line.partition(" ")[2] for line in python[:4]}) == 1, "the same rows, whichever they come from"
    assert python[4:] == [
        "year=2025/orders.csv 155 lines",
        "year=2026/orders.csv 147 lines",
        "since 2026-01-01",
    ]
    assert lab.printed(notebooks["Java"]) == python


@pytest.mark.parametrize("language", ["Python", "Java"])
def test_a_run_says_what_it_read_and_how_it_was_made(notebooks: dict[str, dict], api: Rest, language: str):
    # When
    experiment = api.mlflow("experiments/get-by-name?experiment_name=sources")["experiment"]["experiment_id"]
    found = api.mlflow("runs/search", {"experiment_ids": [experiment]})["runs"]
    [run] = [run for run in found if run["info"]["run_name"] == language]

    # Then
    assert {used["dataset"]["name"] for used in run["inputs"]["dataset_inputs"]} == set(DATASETS)
    tags = {tag["key"]: tag["value"] for tag in run["data"]["tags"]}
    assert tags["mlflow.source.name"] == f"{language.lower()}.ipynb"
    assert tags["mlflow.source.type"] == "NOTEBOOK"
    assert len(tags["benchtop.notebook.code_sha256"]) == 64
    assert tags["benchtop.image"]
    assert float(tags["benchtop.used.cpu_seconds"]) > 0
    assert int(tags["benchtop.used.peak_memory_bytes"]) > 20_000_000


@pytest.mark.parametrize("language", ["Python", "Java"])
def test_the_page_of_a_run_leads_to_what_made_it(
    notebooks: dict[str, dict], admin: Page, platform: Platform, language: str
):
    # When
    admin.goto(platform.url + "/experiments")
    admin.get_by_role("link", name="sources", exact=True).click()
    admin.get_by_role("link", name=language, exact=True).click()

    # Then
    assert f"{language.lower()}.ipynb" in admin.locator("#making").inner_text()
    admin.locator("#making").get_by_role("link", name="Sources").click()
    assert "Sources" in admin.locator("h1").inner_text()
    admin.go_back()
    admin.locator("#inputs").get_by_role("link", name="maria/orders").click()
    assert "maria/orders" in admin.locator("h1").inner_text()


def test_s40_no_password_of_a_source_is_in_a_workspace_a_notebook_a_log_or_an_answer(
    notebooks: dict[str, dict], api: Rest, platform: Platform
):
    # Given a workspace in which both kernels run still
    [workspace] = [each["id"] for each in api.ask("/api/v1/workspaces")["workspaces"] if each["slug"] == SLUG]

    # Then
    assert platform.places_of(PASSWORD, workspace, SLUG) == []
    assert PASSWORD not in json.dumps(notebooks)
    assert PASSWORD not in platform.logs()
    assert PASSWORD not in json.dumps([api.ask("/api/v1/connections"), api.ask("/api/v1/datasets")])
