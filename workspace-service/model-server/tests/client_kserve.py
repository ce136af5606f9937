"""KServe's SDK, unmodified, over HTTP and gRPC. Standard input: ways.Way as JSON.

A process of its own, because its messages have the names of tritonclient's.
"""

import asyncio
import json
import sys

import grpc
import httpx
import numpy as np
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest
from kserve.inference_client import RESTConfig

ROWS = np.array([[5.1, 3.5, 1.4, 0.2], [6.3, 2.9, 5.6, 1.8]], np.float32)


def request(name="iris", rows=ROWS, *, raw):
    given = InferInput("X", list(rows.shape), "FP32")
    given.set_data_from_numpy(rows, binary_data=raw)
    return InferRequest(model_name=name, infer_inputs=[given], request_id="q")


def check(answer):
    assert answer.id == "q"
    assert answer.outputs[0].as_numpy().tolist() == [0, 2]
    assert answer.outputs[1].as_numpy().shape == (2, 3)


async def refused(error, call):
    try:
        await call
    except error as refusal:
        return refusal
    raise AssertionError("it was not refused")


async def rest(way):
    address = f"http://{way['http']}"

    def headers():
        return dict(way["http_headers"])

    async with InferenceRESTClient(RESTConfig(protocol="v2", timeout=60)) as client:
        assert await client.is_server_live(address, headers=headers())
        assert await client.is_server_ready(address, headers=headers())
        assert await client.is_model_ready(address, "iris", headers=headers())
        for raw in (False, True):
            check(await client.infer(address, request(raw=raw), model_name="iris", headers=headers()))
        narrow = request(rows=ROWS[:, :3], raw=False)
        wrong = client.infer(address, narrow, model_name="iris", headers=headers())
        assert "expected shape" in str(await refused(httpx.HTTPStatusError, wrong))


async def rpc(way):
    metadata = tuple(way["grpc_headers"].items())
    async with InferenceGRPCClient(url=way["grpc"], timeout=60) as client:
        assert await client.is_server_live(headers=metadata)
        assert await client.is_server_ready(headers=metadata)
        assert await client.is_model_ready("iris", headers=metadata)
        for raw in (False, True):
            check(await client.infer(request(raw=raw), headers=metadata))
        refusal = await refused(grpc.RpcError, client.infer(request("none", raw=False), headers=metadata))
        assert refusal.code() == grpc.StatusCode.NOT_FOUND


way = json.load(sys.stdin)
asyncio.run(rest(way))
asyncio.run(rpc(way))
