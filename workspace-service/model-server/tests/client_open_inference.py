"""open-inference-openapi and open-inference-grpc, unmodified. Standard input: ways.Way as JSON.

A process of its own, because its messages have the names of tritonclient's.
"""

import json
import sys

import grpc
import httpx
from open_inference.grpc import protocol
from open_inference.grpc.service import GRPCInferenceServiceStub
from open_inference.openapi.client import OpenInferenceClient
from open_inference.openapi.core.api_error import ApiError
from open_inference.openapi.errors.bad_request_error import BadRequestError
from open_inference.openapi.types import InferenceRequest

ROW = [5.1, 3.5, 1.4, 0.2]


def refused(error, call):
    try:
        call()
    except error as refusal:
        return refusal
    raise AssertionError("it was not refused")


def rest(way):
    carrier = httpx.Client(timeout=60, headers=way["http_headers"])
    client = OpenInferenceClient(base_url=f"http://{way['http']}", httpx_client=carrier)
    client.check_server_liveness()
    client.check_server_readiness()
    client.check_model_readiness("iris")
    client.check_model_version_readiness("iris", way["version"])
    assert "binary_tensor_data" in client.read_server_metadata().extensions
    assert client.read_model_metadata("iris").inputs[0].shape == [-1, 4]
    assert client.read_model_version_metadata("iris", way["version"]).platform == "onnx_onnxv1"

    def infer(name, row):
        given = {"name": "X", "shape": [1, len(row)], "datatype": "FP32", "data": row}
        return client.model_infer(name, request=InferenceRequest.parse_obj({"id": "q", "inputs": [given]}))

    answer = infer("iris", ROW)
    assert answer.id == "q"
    assert answer.outputs[0].name == "label"
    assert answer.outputs[1].shape == [1, 3]
    assert "expected shape" in str(refused(BadRequestError, lambda: infer("iris", [1.0])).body)
    for call in (lambda: infer("none", ROW), lambda: client.read_model_metadata("none")):
        refusal = refused(ApiError, call)
        assert refusal.status_code == 404
        assert "no model" in refusal.body["error"]


def rpc(way):
    metadata = tuple(way["grpc_headers"].items())
    with grpc.insecure_channel(way["grpc"]) as channel:
        client = GRPCInferenceServiceStub(channel)
        assert client.ServerLive(protocol.ServerLiveRequest(), metadata=metadata).live
        assert client.ServerReady(protocol.ServerReadyRequest(), metadata=metadata).ready
        assert client.ModelReady(protocol.ModelReadyRequest(name="iris"), metadata=metadata).ready
        assert client.ServerMetadata(protocol.ServerMetadataRequest(), metadata=metadata).name
        assert client.ModelMetadata(protocol.ModelMetadataRequest(name="iris"), metadata=metadata).inputs[0].shape == [
            -1,
            4,
        ]

        def infer(name, row):
            given = protocol.ModelInferRequest.InferInputTensor(
                name="X",
                shape=[1, len(row)],
                datatype="FP32",
                contents=protocol.InferTensorContents(fp32_contents=row),
            )
            asked = protocol.ModelInferRequest(model_name=name, inputs=[given])
            return client.ModelInfer(asked, metadata=metadata)

        assert infer("iris", ROW).outputs[0].contents.int64_contents == [0]
        assert refused(grpc.RpcError, lambda: infer("none", ROW)).code() == grpc.StatusCode.NOT_FOUND
        assert refused(grpc.RpcError, lambda: infer("iris", [1.0])).code() == grpc.StatusCode.INVALID_ARGUMENT


way = json.load(sys.stdin)
rest(way)
rpc(way)
