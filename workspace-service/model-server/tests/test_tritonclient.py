"""tritonclient, unmodified: what it sends by default and what it can be told to send."""

import numpy as np
import pytest
import tritonclient.grpc
import tritonclient.http
import tritonclient.utils

ROWS = np.array([[5.1, 3.5, 1.4, 0.2], [6.3, 2.9, 5.6, 1.8]], np.float32)


@pytest.fixture(params=["http", "grpc"])
def triton(request, server):
    module = getattr(tritonclient, request.param)
    return module, module.InferenceServerClient(f"127.0.0.1:{server[request.param]}")


def infer(module, client, **options):
    given = module.InferInput("X", list(ROWS.shape), "FP32")
    given.set_data_from_numpy(ROWS)
    return client.infer("iris", [given], **options)


def test_health_and_metadata(triton):
    _, client = triton
    assert client.is_server_live()
    assert client.is_server_ready()
    assert client.is_model_ready("iris")
    metadata = client.get_model_metadata("iris")
    name = metadata["inputs"][0]["name"] if isinstance(metadata, dict) else metadata.inputs[0].name
    assert name == "X"
    client.get_model_config("iris")
    client.get_inference_statistics("iris")
    client.get_model_repository_index()


def test_binary_is_the_default(triton):
    answer = infer(*triton)
    assert answer.as_numpy("label").tolist() == [0, 2]
    assert answer.as_numpy("probabilities").shape == (2, 3)


@pytest.mark.parametrize("binary_in", [True, False])
@pytest.mark.parametrize("binary_out", [True, False])
@pytest.mark.parametrize("compression", [None, "gzip", "deflate"])
def test_http_forms(server, binary_in, binary_out, compression):
    client = tritonclient.http.InferenceServerClient(f"127.0.0.1:{server['http']}")
    given = tritonclient.http.InferInput("X", list(ROWS.shape), "FP32")
    given.set_data_from_numpy(ROWS, binary_data=binary_in)
    wanted = [tritonclient.http.InferRequestedOutput("probabilities", binary_data=binary_out)]
    answer = client.infer(
        "iris",
        [given],
        outputs=wanted,
        request_id="r1",
        request_compression_algorithm=compression,
        response_compression_algorithm=compression,
    )
    assert answer.get_response()["id"] == "r1"
    assert answer.as_numpy("probabilities").argmax(axis=1).tolist() == [0, 2]


def test_errors_are_understood(triton):
    module, client = triton
    given = module.InferInput("X", [1, 3], "FP32")
    given.set_data_from_numpy(np.zeros((1, 3), np.float32))
    with pytest.raises(tritonclient.utils.InferenceServerException, match=r"expected shape \[-1,4\], got \[1,3\]"):
        client.infer("iris", [given])
    with pytest.raises(tritonclient.utils.InferenceServerException, match="there is no model"):
        client.get_model_metadata("none")


def test_texts_and_half_floats(triton):
    module, client = triton
    half = module.InferInput("half", [1, 2], "FP16")
    half.set_data_from_numpy(np.array([[1, 2]], np.float16))
    answer = client.infer("half", [half])
    assert answer.as_numpy("half_out").tolist() == [[1, 2]]
