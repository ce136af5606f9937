"""What JupyterLab is told about the pages around it."""

import pytest

from benchtop_server.hub import hub_page_config

HUB = {"BENCHTOP_HUB_PREFIX": "/workspaces/"}


def test_knows_whose_server_it_is():
    assert hub_page_config("/user/alice/exp/", HUB)(None, {"theme": "x"}) == {
        "theme": "x",
        "hubPrefix": "/workspaces/",
        "hubHost": "",
        "hubUser": "alice",
        "hubServerUser": "alice",
        "hubServerName": "exp",
    }


@pytest.mark.parametrize(("base_url", "environment"), [("/user/alice/exp/", {}), ("/", HUB), ("/lab/", HUB)])
def test_adds_nothing_elsewhere(base_url, environment):
    assert hub_page_config(base_url, environment)(None, {}) == {}
