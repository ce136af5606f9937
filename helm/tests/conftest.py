"""What the tests need from the machine; where it is missing they are skipped with a sentence, and fail with CI=true."""

import os

import chart
import pytest


def pytest_addoption(parser):
    parser.addoption("--write", action="store_true", help="write golden files and reference anew instead of comparing")


def missing(sentence):
    if os.environ.get("CI") == "true" and os.environ.get("BENCHTOP_WITHOUT_CLUSTER") != "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(autouse=True)
def needs_helm():
    if chart.HELM is None:
        missing("helm is not installed: get it from https://helm.sh/docs/intro/install")


@pytest.fixture
def write(request):
    return request.config.getoption("--write")


@pytest.fixture(params=chart.CASES)
def objects(request):
    """Everything of the chart, with each of the value sets in ci/."""
    return chart.rendered(*chart.case(request.param))
