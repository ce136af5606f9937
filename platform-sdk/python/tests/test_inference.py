"""Asking an endpoint: tensors go and come as bytes, and every refusal is an error with a sentence."""

import numpy
import pytest

from benchtop.errors import BenchtopError
from benchtop.models import tensors
from benchtop.models.publishing import publish
from benchtop.serving.endpoint import promote
from trained import NUMBERS, ORDERS, trained


@pytest.fixture
def serve(serving):
    """Publishes a model and gives a client of an endpoint of it."""
    service, client = serving

    def make(name="sklearn-classifier"):
        model, rows = trained(name)
        for _ in range(2):
            publish(client, model, name, sample=rows)
        return service, promote(client, f"{name}@0.0.1", "orders", None).client(), model

    return make


def test_answers_come_as_arrays_with_the_version_that_gave_them(serve):
    # Given
    service, client, model = serve()

    # When
    answer = client.infer({"X": NUMBERS[:64]})

    # Then
    assert (answer["label"] == model.predict(NUMBERS[:64])).all()
    numpy.testing.assert_allclose(answer["probabilities"], model.predict_proba(NUMBERS[:64]), atol=1e-5)
    assert (answer.version, answer.arm) == ("0.0.1", "arm-0.0.1")
    assert "probabilities: float32[64, 2]" in repr(answer)
    assert service.inferences[0]["inputs"] == [
        {"name": "X", "datatype": "FP32", "shape": [64, 4], "parameters": {"binary_data_size": 64 * 4 * 4}}
    ]


def test_outputs_and_a_version_may_be_chosen_and_who_asks_be_said(serve):
    # Given
    service, client, _ = serve()

    # When
    answer = client.infer(
        {"X": NUMBERS[:2].tolist()}, outputs=["label"], version="0.0.2", sticky="user-17", timeout="5s"
    )

    # Then
    assert (list(answer), answer.version) == (["label"], "0.0.2")
    assert service.headers[0]["X-Subject"] == "user-17"


def test_columns_of_a_frame_are_sent_each_in_its_own_type(serve):
    # Given
    _, client, model = serve("sklearn-columns")

    # When
    answer = client.infer({name: ORDERS[name] for name in ORDERS.columns})

    # Then
    assert (answer["label"] == model.predict(ORDERS)).all()


def test_texts_come_back(serve):
    _, client, model = serve("sklearn-texts")
    assert client.infer({"X": NUMBERS})["label"].tolist() == model.predict(NUMBERS).tolist()


def test_a_connection_is_used_again_and_renewed_where_the_other_side_has_ended_it(serve):
    # Given
    service, client, _ = serve()
    client.infer({"X": NUMBERS[:1]})
    [connection] = next(iter(client._wire._kept.values()))

    # When
    client.infer({"X": NUMBERS[:1]})
    connection.sock.shutdown(2)
    client.infer({"X": NUMBERS[:1]})

    # Then
    assert len(service.inferences) == 3
    assert len(next(iter(client._wire._kept.values()))) == 1
    client.close()


def test_a_busy_endpoint_is_asked_again_as_it_says(serve):
    # Given
    service, client, _ = serve()
    client.infer({"X": NUMBERS[:1]})
    service.waits.clear()
    service.statuses = [429, 503]

    # When
    client.infer({"X": NUMBERS[:1]})

    # Then
    assert service.waits == [3, 3]


def test_a_quota_that_is_used_up_for_the_day_is_not_waited_for(serve):
    # Given
    service, client, _ = serve()
    service.statuses, service.retry_after = [429], "40000"
    service.waits.clear()

    # Then
    with pytest.raises(BenchtopError, match="busy with 429"):
        client.infer({"X": NUMBERS[:1]})
    assert service.waits == []


@pytest.mark.parametrize(
    ("status", "code", "waits"),
    [
        (429, "too_many_requests", 3),
        (503, "service_unavailable", 3),
        (400, "bad_request", 0),
        (403, "forbidden", 0),
        (413, "too_large", 0),
        (500, "inference_failed", 0),
    ],
)
def test_a_refusal_is_an_error_with_its_sentence(serve, status, code, waits):
    # Given
    service, client, _ = serve()
    service.statuses = [status] * 9
    service.waits.clear()

    # Then
    with pytest.raises(BenchtopError, match=f"busy with {status}") as refused:
        client.infer({"X": NUMBERS[:1]})
    assert refused.value.code == code
    assert len(service.waits) == waits


def test_what_the_model_does_not_take_is_said_by_the_model(serve):
    _, client, _ = serve()
    with pytest.raises(BenchtopError, match="dimension") as refused:
        client.infer({"X": NUMBERS[:1, :2]})
    assert refused.value.code == "bad_request"


def test_a_version_that_is_not_there_is_not_found(serve):
    _, client, _ = serve()
    with pytest.raises(BenchtopError, match=r"no version 9\.9\.9") as refused:
        client.infer({"X": NUMBERS[:1]}, version="9.9.9")
    assert refused.value.code == "not_found"


@pytest.mark.parametrize("garbage", [b"", b"<html>", b"[]", b'{"outputs": [{"name": "y"}]}'])
def test_an_answer_that_is_none_is_unexpected(serve, garbage):
    # Given
    service, client, _ = serve()
    service.garbage = garbage

    # Then
    with pytest.raises(BenchtopError) as refused:
        client.infer({"X": NUMBERS[:1]})
    assert refused.value.code == "unexpected_answer"


def test_nobody_at_the_address_is_unreachable(serve):
    # Given
    service, client, _ = serve()
    service.__exit__()

    # Then
    with pytest.raises(BenchtopError, match="orders does not answer at") as refused:
        client.infer({"X": NUMBERS[:1]})
    assert refused.value.code == "service_unreachable"


@pytest.mark.parametrize(
    "array",
    [
        numpy.array([True, False]),
        numpy.arange(6, dtype="u1").reshape(2, 3),
        numpy.array([[1.5, -2.0]], dtype=">f8"),
        numpy.array([1.5, -2.0], dtype="f2"),
        numpy.array([-(2**62)]),
        numpy.array(["ä", ""], dtype=object),
        numpy.array([b"\xff\x00"], dtype=object),
    ],
)
def test_tensors_are_the_same_after_the_way_there_and_back(array):
    # When
    kind = tensors.datatype_of(array, "x")
    back = tensors.from_bytes(kind, list(array.shape), tensors.to_bytes(array, "x"))

    # Then
    assert back.tolist() == array.tolist()


def test_bf16_comes_as_float32_and_json_as_it_is_written():
    assert tensors.from_bytes("BF16", [1], bytes([0x20, 0x40])).tolist() == [2.5]
    assert tensors.from_json({"datatype": "INT64", "shape": [2, 1], "data": [[1], [2]]}).tolist() == [[1], [2]]


@pytest.mark.parametrize("bad", [numpy.array([1j]), numpy.array(["2026-01-01"], dtype="M8[D]")], ids=["complex", "day"])
def test_what_has_no_type_in_the_protocol_is_refused(bad):
    with pytest.raises(BenchtopError) as refused:
        tensors.datatype_of(bad, "x")
    assert refused.value.code == "bad_tensor"
