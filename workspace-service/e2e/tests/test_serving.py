"""The demo of serving as a new user runs it, and the endpoint that it leaves behind as a program outside meets it."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request

import lab
import pytest
from journeys import ADMIN, api_token, create_and_start
from platform_process import Platform
from playwright.sync_api import Page, expect
from rest import Rest

SLUG = "serving-demo"
MODEL = f"{ADMIN}-late-orders"
ENDPOINT = f"{ADMIN}-orders"
MODEL_PATH = f"/serve/{ENDPOINT}/v2/models/{ENDPOINT}"


@pytest.fixture(scope="module")
def api(admin: Page, platform: Platform) -> Rest:
    return Rest(platform.url, api_token(admin, platform, "serving"))


@pytest.fixture(scope="module")
def java_demo(admin: Page, platform: Platform, demo: list[str]) -> list[str]:
    """The same in Java, in the same workspace."""
    page = admin.context.new_page()
    notebook = lab.run_all(page, f"{platform.url}/user/{ADMIN}/{SLUG}/", "demos/serving-java.ipynb", lab.JAVA, 600)
    page.close()
    return lab.printed(notebook)


@pytest.fixture(scope="module")
def demo(admin: Page, platform: Platform) -> list[str]:
    """What the notebook prints, run from top to bottom."""
    page = admin.context.new_page()
    create_and_start(page, platform, "Serving demo")
    notebook = lab.run_all(page, f"{platform.url}/user/{ADMIN}/{SLUG}/", "demos/serving-python.ipynb", lab.PYTHON, 600)
    page.close()
    return lab.printed(notebook)


def called(platform: Platform, path: str, token: str | None, body: dict | None = None) -> tuple[int, dict, dict]:
    """Status, headers and answer, whatever they are."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(platform.url + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, dict(answer.headers), json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, dict(refused.headers), json.loads(refused.read() or b"{}")


def test_the_demo_publishes_serves_compares_promotes_and_goes_back(demo: list[str], api: Rest):
    # Then
    line, trees = (
        int(re.search(rf"version {version}: .* (\d+)% right", "\n".join(demo))[1]) for version in ("0.0.1", "0.1.0")
    )
    assert trees > line
    assert demo[-2:] == ["now 0.1.0", "now 0.0.1"]
    endpoint = api.ask(f"/api/v1/endpoints/{ENDPOINT}")
    shares = {arm["version"]: (arm["percent"], arm["state"]) for arm in endpoint["arms"]}
    assert shares["0.0.1"] == (100, "READY")
    assert endpoint["rollout"]["code"] == "ASKED"
    assert [event["code"] for event in endpoint["history"]].count("PROMOTED") == 3


def test_the_demo_does_the_same_in_java(java_demo: list[str]):
    assert java_demo[-2:] == ["now 0.1.0", "now 0.0.1"]


def test_an_answer_over_http_is_what_the_notebook_predicted(demo: list[str], platform: Platform, api: Rest):
    # Given
    sample = api.ask(f"/api/v1/models/{MODEL}/versions/0.0.1/files/sample.json")

    # When
    status, headers, answer = called(platform, f"{MODEL_PATH}/infer", api.token, {"inputs": sample["inputs"]})

    # Then
    assert (status, headers["X-Model-Version"]) == (200, "0.0.1")
    expected = {each["name"]: each for each in sample["outputs"]}
    assert {each["name"] for each in answer["outputs"]} == set(expected)
    for output in answer["outputs"]:
        assert output["data"] == pytest.approx(expected[output["name"]]["data"], rel=1e-4, abs=1e-4)


def test_a_version_knows_the_notebook_that_it_comes_from(demo: list[str], api: Rest):
    # When
    version = api.ask(f"/api/v1/models/{MODEL}/versions/0.1.0")

    # Then
    assert version["state"] == "READY"
    assert version["check"]["maxAbsoluteDifference"] < 1e-4
    assert version["notebook"]["path"].endswith("serving-python.ipynb")
    assert version["metrics"]["accuracy"] > 0.8


def test_whoever_has_no_right_is_told_nothing_but_what_to_do(demo: list[str], platform: Platform, api: Rest):
    # Given
    guarded = api.ask(f"/api/v1/endpoints/{ENDPOINT}/tokens", {"client": "shop", "expiresIn": "P1D"})["token"]
    sample = api.ask(f"/api/v1/models/{MODEL}/versions/0.0.1/files/sample.json")

    # When
    anonymous, _, refusal = called(platform, f"{MODEL_PATH}/infer", None, {"inputs": sample["inputs"]})
    shop, _, _ = called(platform, f"{MODEL_PATH}/infer", guarded, {"inputs": sample["inputs"]})
    elsewhere, _, _ = called(platform, "/api/v1/me", guarded)
    unknown, _, gone = called(platform, "/serve/nothing/v2/models/nothing/infer", api.token, {"inputs": []})
    wrong, _, said = called(
        platform,
        f"{MODEL_PATH}/infer",
        api.token,
        {"inputs": [{"name": "X", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]}]},
    )

    # Then
    assert (anonymous, shop, elsewhere, unknown, wrong) == (401, 200, 401, 404, 400)
    assert "error" in refusal
    assert "error" in gone
    assert "X" in said["error"]


SCORING = """
import numpy as np
import pandas as pd

me = bt.whoami().name
columns = ["pieces", "distance", "weight"]
bt.save_dataset("serving/orders", pd.DataFrame(np.random.default_rng(3).uniform(size=(300, 3)), columns=columns))

def score():
    return bt.score("serving/orders", model=me + "-late-orders", version="0.1.0", into="serving/scores", columns=columns)

scores, again = score(), score()
rows = bt.dataset("serving/orders").to_pandas()[columns].to_numpy()
asked = bt.endpoint(me + "-orders").client().infer({"X": rows}, version="0.1.0")["label"]
same = int((scores.to_pandas()["prediction"].to_numpy() == asked.ravel()).sum())
print("same", same, "of", len(asked), "versions", scores.version.number, again.version.number)
"""


def test_a_dataset_is_scored_as_the_endpoint_answers_and_only_once(demo: list[str], admin: Page, platform: Platform):
    # Given
    page = admin.context.new_page()
    page.goto(f"{platform.url}/user/{ADMIN}/{SLUG}/lab?reset")
    lab.wait_for_launcher(page)
    lab.new_notebook(page, lab.PYTHON)

    # When
    lab.run_cell(page, SCORING)

    # Then
    lab.expect_output(page, "same 300 of 300 versions 1 1", 120)
    page.close()


def test_its_page_tells_who_asks_and_how_a_trial_stands(demo: list[str], admin: Page, platform: Platform, api: Rest):
    # Given
    trial = api.ask(
        f"/api/v1/endpoints/{ENDPOINT}/trials",
        {"candidate": "0.1.0", "baseline": 0.05, "minimalEffect": 0.15, "sticky": {"header": "X-User-Id"}},
    )
    page = admin.context.new_page()

    # When
    page.goto(f"{platform.url}/endpoints/{ENDPOINT}")

    # Then
    asking = page.locator("#clients tbody tr", has=page.get_by_text(ADMIN, exact=True))
    expect(asking).to_be_visible()
    assert int(re.sub(r"\D", "", asking.locator("td").nth(1).inner_text())) >= 500
    described = page.request.get(platform.url + page.locator("#openapi").get_attribute("href")).json()
    assert f"{MODEL_PATH}/infer" in described["paths"]

    # When
    page.locator("#trials a").click()

    # Then
    expect(page.locator("h1")).to_contain_text(f"Trial {trial['number']}")
    api.ask(f"/api/v1/endpoints/{ENDPOINT}/trials/{trial['number']}:stop", {})
    page.close()
