"""Endpoints: how a version comes to serve, and what one says of itself."""

import pytest

import benchtop as bt
from benchtop.errors import BenchtopError
from benchtop.models.publishing import publish
from benchtop.models.registry import model_of
from benchtop.serving.endpoint import endpoint_of, endpoints_of, promote
from trained import NUMBERS, trained


@pytest.fixture
def published(serving):
    """Two versions of a model ``late``."""
    service, client = serving
    for _ in range(2):
        publish(client, trained("sklearn-classifier")[0], "late", sample=NUMBERS[:3])
    return service, client


@pytest.mark.parametrize(
    ("version", "meant"),
    [("late", "0.0.2"), ("late@0.0.1", "0.0.1"), ("late@champion", "0.0.1")],
)
def test_a_version_is_named_by_model_number_or_alias(published, version, meant):
    # Given
    service, client = published
    model_of(client, "late").set_alias("champion", "0.0.1")

    # When
    endpoint = promote(client, version, "orders", None)

    # Then
    assert service.promotions == [{"model": "late", "version": meant, "strategy": {"kind": "ALL_AT_ONCE"}}]
    assert [(arm.version, arm.percent, arm.state) for arm in endpoint.state.arms] == [(meant, 100, "READY")]


@pytest.mark.parametrize(
    ("strategy", "wire", "sticky"),
    [
        (
            bt.Canary(steps=[5, 20], every="30m", guards={"error_rate": 0.01, "p99_ms": 50}, sticky="header:X-User-Id"),
            {
                "kind": "CANARY", "steps": [5, 20], "everySeconds": 1800,
                "guards": {"maxErrorRate": 0.01, "maxP99Millis": 50},
            },
            {"header": "X-User-Id", "cookie": False},
        ),
        (bt.Canary(every=90), {"kind": "CANARY", "steps": [5, 20, 50], "everySeconds": 90, "guards": {}}, None),
        (
            bt.Split({"0.0.1": 90, "0.0.2": 10}, sticky="cookie"),
            {"kind": "SPLIT", "weights": {"0.0.1": 90, "0.0.2": 10}},
            {"header": None, "cookie": True},
        ),
        (bt.Shadow(25), {"kind": "SHADOW", "percent": 25}, None),
    ],
)  # fmt: skip
def test_a_strategy_is_written_for_the_service(published, strategy, wire, sticky):
    # Given
    service, client = published
    promote(client, "late@0.0.1", "orders", None)

    # When
    promote(client, model_of(client, "late").latest, "orders", strategy)

    # Then
    assert service.promotions[-1]["strategy"] == wire
    assert service.promotions[-1].get("settings") == (sticky and {"sticky": sticky})


@pytest.mark.parametrize(
    "make",
    [
        lambda: bt.Canary(steps=[]),
        lambda: bt.Canary(steps=[20, 5]),
        lambda: bt.Canary(steps=[50, 100]),
        lambda: bt.Canary(guards={"speed": 1}),
        lambda: bt.Canary(sticky="header:"),
        lambda: bt.Split({}),
        lambda: bt.Split({"0.0.1": 90}),
        lambda: bt.Split({"0.0.1": 110, "0.0.2": -10}),
        lambda: bt.Shadow(0),
        lambda: bt.Split({"0.0.1": 100}, sticky="name"),
    ],
)
def test_what_is_no_strategy_is_refused(make):
    with pytest.raises(BenchtopError) as refused:
        make()
    assert refused.value.code == "bad_strategy"


def test_a_strategy_of_another_kind_is_refused(published):
    service, client = published
    with pytest.raises(BenchtopError, match=r"bt\.Canary, bt\.Split or bt\.Shadow") as refused:
        promote(client, "late", "orders", "slowly")
    assert refused.value.code == "bad_strategy"
    assert service.promotions == []


def test_hardware_is_chosen_with_the_version(published):
    # Given
    service, client = published

    # When
    promote(client, "late@0.0.1", "orders", hardware="gpu")

    # Then
    assert service.promotions[-1]["settings"] == {"hardware": "gpu"}


def test_a_model_without_a_version_cannot_be_promoted(serving):
    # Given
    service, client = serving
    service.add("empty")

    # Then
    with pytest.raises(BenchtopError, match="no version that is ready") as refused:
        promote(client, "empty", "orders", None)
    assert refused.value.code == "no_version"


@pytest.mark.parametrize("name", ["", "Orders", "a/b", "-a", "a" * 41, None])
def test_a_name_that_is_none_is_refused(serving, name):
    with pytest.raises(BenchtopError) as refused:
        endpoint_of(serving[1], name)
    assert refused.value.code == "bad_name"


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ("phases", [("PROGRESSING", "step 1 of 3"), ("PROGRESSING", "step 2 of 3")]),
        ("in_force", [False, False]),
    ],
)
def test_waiting_lasts_until_all_is_through_and_every_proxy_goes_by_it(published, told, values):
    # Given
    service, client = published
    endpoint = promote(client, "late", "orders", None)
    setattr(service, told, list(values))
    before = len(service.waits)

    # When
    endpoint.wait()

    # Then
    assert service.waits[before:] == [0.5, 1.0]


def test_a_proxy_that_does_not_follow_is_told_of(published):
    # Given
    service, client = published
    endpoint = promote(client, "late", "orders", None)
    service.in_force = [False] * 20

    # Then
    with pytest.raises(BenchtopError, match="proxies are being told") as refused:
        endpoint.wait("10s")
    assert refused.value.code == "still_progressing"


@pytest.mark.parametrize(
    ("phase", "code", "says"),
    [
        ("ROLLED_BACK", "rolled_back", "ROLLED_BACK: 3 % of the requests failed"),
        ("PROGRESSING", "still_progressing", r"bt\.endpoint\('orders'\)\.wait\(\)"),
    ],
)
def test_a_promotion_that_does_not_get_through_is_an_error(published, phase, code, says):
    # Given
    service, client = published
    endpoint = promote(client, "late", "orders", None)
    service.phases = [(phase, "3 % of the requests failed")] * 20

    # Then
    with pytest.raises(BenchtopError, match=says) as refused:
        endpoint.wait("10s")
    assert refused.value.code == code


def test_a_rollback_that_somebody_wanted_is_waited_for_like_a_promotion(published):
    # Given
    service, client = published
    endpoint = promote(client, "late", "orders", None)
    service.phases = [("ROLLED_BACK", "Rolled back: bad calibration", "ASKED")]

    # When
    endpoint.wait()

    # Then
    assert endpoint.state.rollout.code == "ASKED"


def test_going_back_wants_a_reason(published):
    # Given
    service, client = published
    promote(client, "late@0.0.1", "orders", None)
    endpoint = promote(client, "late@0.0.2", "orders", None)

    # When
    with pytest.raises(BenchtopError) as refused:
        endpoint.rollback(" ")
    back = endpoint.rollback("bad calibration")

    # Then
    assert refused.value.code == "reason_missing"
    assert service.rollbacks == ["bad calibration"]
    assert [arm.version for arm in back.state.arms] == ["0.0.1"]


def test_endpoints_are_listed_shown_and_deleted(published):
    # Given
    _, client = published
    promote(client, "late@0.0.1", "orders", None)
    promote(client, "late@0.0.2", "orders", bt.Split({"0.0.1": 90, "0.0.2": 10}))

    # When
    [endpoint] = endpoints_of(client)

    # Then
    assert endpoint.shown()["version 0.0.1"] == "90 %, READY, 1 of 1 servers, 7 requests, 0.00% failed, p99 4 ms"
    assert "<table>" in endpoint._repr_html_()
    assert "rollout: STABLE" in repr(endpoint.status())
    endpoint.delete()
    assert endpoints_of(client) == []


def test_a_token_is_for_one_endpoint_and_is_not_shown(published):
    # Given
    service, client = published
    endpoint = promote(client, "late", "orders", None)

    # When
    token = endpoint.token("shop", "30d")

    # Then
    assert service.tokens == [{"client": "shop", "expiresIn": "PT2592000S"}]
    assert token.token == "secret-token"
    assert "secret-token" not in repr(token) + token._repr_html_()


def test_snippets_are_programs_with_the_inputs_of_the_model(published):
    # Given
    service, client = published

    # When
    snippets = promote(client, "late", "orders", None).snippets()

    # Then
    assert list(snippets) == ["curl", "python", "java"]
    for program in snippets.values():
        assert f"{service.url}/serve/orders/v2/models/orders/infer" in program
        assert '"name": "X", "datatype": "FP32", "shape": [1, 4], "data": [0.0, 0.0, 0.0, 0.0]' in program
    compile(snippets["python"], "snippet", "exec")
