"""A/B tests on endpoints: begun with a plan, told of outcomes, shown with their verdict."""

import pytest

from benchtop.errors import BenchtopError
from benchtop.models.publishing import publish
from benchtop.serving.endpoint import promote
from trained import NUMBERS, trained


@pytest.fixture
def endpoint(serving):
    """``orders``, which serves the first of two versions."""
    service, client = serving
    for _ in range(2):
        publish(client, trained("sklearn-classifier")[0], "late", sample=NUMBERS[:3])
    return service, promote(client, "late@0.0.1", "orders", None)


def test_a_trial_begins_with_a_plan(endpoint):
    # Given
    service, orders = endpoint

    # When
    trial = orders.begin_trial("late@0.0.2", baseline=0.05, minimal_effect=0.15, sticky="header:X-User-Id")
    orders.begin_trial("0.0.2", baseline=0.05, minimal_effect=0.15, stopping="always-valid", switch_above=0.1)

    # Then
    assert service.begun[0] == {
        "candidate": "0.0.2", "stopping": "AT_HORIZON", "sticky": {"header": "X-User-Id", "cookie": False},
        "baseline": 0.05, "minimalEffect": 0.15, "metric": "conversion", "alpha": 0.05, "power": 0.8,
        "candidatePercent": 50,
    }  # fmt: skip
    assert service.begun[1]["stopping"] == "ALWAYS_VALID"
    assert service.begun[1]["switchAbove"] == 0.1
    assert "sticky" not in service.begun[1]
    assert (trial.phase, trial.horizon, trial.control.rate, trial.uplift) == ("RUNNING", 14193, None, None)
    assert not trial.ended


def test_users_count_once_and_the_trial_shows_what_is_known(endpoint):
    # Given
    _, orders = endpoint
    orders.begin_trial("0.0.2", baseline=0.05, minimal_effect=0.15)

    # When
    first = orders.report("u1", True)
    many = orders.report_all((f"u{i}", i % 2 == 0) for i in range(1, 5))

    # Then
    assert (first.new_users, first.new_conversions) == (1, 1)
    assert (many.new_users, many.new_conversions, many.phase) == (3, 2, "RUNNING")
    shown = orders.trial().shown()
    assert shown["verdict"] == "Not conclusive yet."
    assert shown["control 0.0.1"] == "1 of 2 users, 50.00%"
    assert shown["uplift"] == "+20.00%, between -10.00% and any number"
    assert "<table>" in orders.trial(1)._repr_html_()
    assert "new users: 3" in repr(many)


def test_reports_are_sent_in_parts_and_again_while_the_service_starts(endpoint):
    # Given
    service, orders = endpoint
    orders.begin_trial("0.0.2", baseline=0.05, minimal_effect=0.15)
    before = len(service.asked)

    # When
    reported = orders.report_all((f"u{i}", False) for i in range(2_001))

    # Then
    assert reported.new_users == 2_001
    assert len(service.asked) - before == 2


def test_a_trial_is_stopped(endpoint):
    # Given
    _, orders = endpoint
    orders.begin_trial("0.0.2", baseline=0.05, minimal_effect=0.15)

    # Then
    assert orders.stop_trial().ended
    assert orders.trial().phase == "STOPPED"


def test_what_cannot_be_is_said_before_it_is_sent(endpoint):
    # Given
    service, orders = endpoint

    # Then
    with pytest.raises(BenchtopError) as refused:
        orders.begin_trial("0.0.2", baseline=0.05, minimal_effect=0.15, stopping="whenever")
    assert refused.value.code == "bad_trial"
    with pytest.raises(BenchtopError) as refused:
        orders.trial()
    assert refused.value.code == "no_trial"
    with pytest.raises(BenchtopError) as refused:
        orders.report_all([])
    assert refused.value.code == "no_outcomes"
    assert service.begun == []
