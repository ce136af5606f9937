"""tritonclient, unmodified: what it sends by default and what it can be told to send."""

import numpy as np
import pytest
import tritonclient.grpc
import tritonclient.http
import tritonclient.utils
import ways

ROWS = np.array([[5.1, 3.5, 1.4, 0.2], [6.3, 2.9, 5.6, 1.8]], np.float32)


def client_of(protocol, way):
    """Their client; what it has to send along is put in by a plugin of theirs, as their users do it."""
    module = getattr(tritonclient, protocol)
    made = module.InferenceServerClient(getattr(way, protocol))
    headers = way.http_headers if protocol == "http" else way.grpc_headers

    class Headers(module.InferenceServerClientPlugin):
        def __call__(self, request):
            request.headers.update(headers)

    made.register_plugin(Headers())
    return made


@pytest.fixture(params=["http", "grpc"])
def protocol(request):
    return request.param


@pytest.fixture
def triton(protocol, way_to):
    return getattr(tritonclient, protocol), client_of(protocol, way_to("iris"))


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
def test_http_forms(way_to, binary_in, binary_out, compression):
    triton = client_of("http", way_to("iris"))
    given = tritonclient.http.InferInput("X", list(ROWS.shape), "FP32")
    given.set_data_from_numpy(ROWS, binary_data=binary_in)
    wanted = [tritonclient.http.InferRequestedOutput("probabilities", binary_data=binary_out)]
    answer = triton.infer(
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


def test_texts_and_half_floats(protocol, server):
    """Not through an endpoint: what a version is checked by before it serves is JSON, in which FP16 cannot be written."""
    module = getattr(tritonclient, protocol)
    half = module.InferInput("half", [1, 2], "FP16")
    half.set_data_from_numpy(np.array([[1, 2]], np.float16))
    answer = client_of(protocol, ways.direct(server, "half")).infer("half", [half])
    assert answer.as_numpy("half_out").tolist() == [[1, 2]]
