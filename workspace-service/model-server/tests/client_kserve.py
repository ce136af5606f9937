"""KServe's SDK, unmodified, over HTTP and gRPC. Arguments: HTTP port, gRPC port.

A process of its own, because its messages have the names of tritonclient's.
"""

import asyncio
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


async def rest(port):
    address = f"http://127.0.0.1:{port}"
    async with InferenceRESTClient(RESTConfig(protocol="v2", timeout=60)) as client:
        assert await client.is_server_live(address)
        assert await client.is_server_ready(address)
        assert await client.is_model_ready(address, "iris")
        for raw in (False, True):
            check(await client.infer(address, request(raw=raw), model_name="iris"))
        wrong = client.infer(address, request(rows=ROWS[:, :3], raw=False), model_name="iris")
        assert "expected shape" in str(await refused(httpx.HTTPStatusError, wrong))


async def rpc(port):
    async with InferenceGRPCClient(url=f"127.0.0.1:{port}", timeout=60) as client:
        assert await client.is_server_live()
        assert await client.is_server_ready()
        assert await client.is_model_ready("iris")
        for raw in (False, True):
            check(await client.infer(request(raw=raw)))
        refusal = await refused(grpc.RpcError, client.infer(request("none", raw=False)))
        assert refusal.code() == grpc.StatusCode.NOT_FOUND


asyncio.run(rest(sys.argv[1]))
asyncio.run(rpc(sys.argv[2]))
