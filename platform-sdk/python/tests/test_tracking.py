"""MLflow's client finds the SDK and sends the token to Benchtop only."""

from types import SimpleNamespace

import pytest

from benchtop.tracking import TokenAuthProvider

URL = "https://benchtop.example"


@pytest.fixture
def environment(tmp_path):
    token = tmp_path / "token"
    token.write_text("first\n")
    return {"BENCHTOP_URL": URL, "BENCHTOP_TOKEN_FILE": str(token)}


def signed(environment, url):
    request = SimpleNamespace(method="GET", url=url, headers={})
    assert TokenAuthProvider(environment).get_auth()(request) is request
    return request.headers


def test_each_request_carries_the_token_of_that_moment(environment, tmp_path):
    # When
    first = signed(environment, f"{URL}/mlflow/api/2.0/mlflow/runs/create")
    (tmp_path / "token").write_text("second\n")
    second = signed(environment, f"{URL}/mlflow/api/2.0/mlflow/runs/create")

    # Then
    assert [first, second] == [{"Authorization": "Bearer first"}, {"Authorization": "Bearer second"}]


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/mlflow", "https://benchtop.example.evil.example/", "http://benchtop.example/"]
)
def test_nobody_else_gets_the_token(environment, url):
    assert signed(environment, url) == {}


def test_outside_a_workspace_nothing_is_added():
    assert signed({}, f"{URL}/mlflow") == {}


def test_mlflow_finds_the_provider_where_the_sdk_only_lies_on_the_path(sdk_on_a_path):
    # Then
    [entry] = sdk_on_a_path.entry_points.select(group="mlflow.request_auth_provider")
    assert (sdk_on_a_path.name, entry.name) == ("benchtop", "benchtop")
    assert entry.load()().get_name() == "benchtop"
