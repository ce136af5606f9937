"""What happens to an endpoint in production happens here within a minute, while everybody asks: nobody may notice."""

import json
import os
import signal
import time
import urllib.request

import numpy as np
import pytest
from load import WIDTH, Load, Weights, report
from onnx import TensorProto, helper, numpy_helper
from stack import PATIENCE, RETENTION, eventually

# Longer is possible.
SECONDS = float(os.environ.get("BENCHTOP_LOAD_SECONDS", "60"))
LIMITS = {"requestsPerSecond": 100_000, "burst": 100_000, "clientInFlight": 1000, "inFlight": 1000}


def adding(number):
    """The files of a model that adds a number, which tells who answered."""
    given = helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, WIDTH])
    answer = helper.make_tensor_value_info("Y", TensorProto.FLOAT, [None, WIDTH])
    added = numpy_helper.from_array(np.array(number, np.float32), "number")
    graph = helper.make_graph([helper.make_node("Add", ["X", "number"], ["Y"])], "adding", [given], [answer], [added])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    rows = {"datatype": "FP32", "shape": [1, WIDTH]}
    sample = {
        "inputs": [{"name": "X", **rows, "data": [1.0, 2.0, 3.0, 4.0]}],
        "outputs": [{"name": "Y", **rows, "data": [value + number for value in (1.0, 2.0, 3.0, 4.0)]}],
    }
    return {"model.onnx": model.SerializeToString(), "sample.json": json.dumps(sample).encode()}


def published(stack, model, count):
    """Versions, each with what it adds."""
    return {stack.publish(model, adding(1000.0 * number)): 1000.0 * number for number in range(1, count + 1)}


def retries_of(stack, endpoint):
    """What the proxy says on its own port."""
    lines = (stack.platform.data / "log/proxy.log").read_text().splitlines()
    port = next(line.rpartition("port=")[2] for line in reversed(lines) if "admin listening" in line)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    name = f'benchtop_proxy_inference_retries_total{{endpoint="{endpoint}"'
    return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


def kill_one(stack, endpoint, version, of):
    """Ends one of a version's model-servers as a crash does; returns when another has taken its place."""
    before = stack.servers(endpoint, version)
    assert len(before) == of
    os.kill(before[0], signal.SIGKILL)
    eventually(
        lambda: len(now := stack.servers(endpoint, version)) == of and before[0] not in now,
        PATIENCE,
        "a new model-server in the place of the one that was killed",
    )


def check(load, weights):
    assert not load.wrong, "\n".join([f"{len(load.wrong)} were not answered as they should:", *load.wrong[:20]])
    strange = [each for each in load.seen() if not weights.had(each.version, each.ended, within=3)]
    assert not strange, f"{len(strange)} answers of versions without a share, such as {strange[0]}"


def test_nothing_that_happens_to_an_endpoint_under_load_costs_an_answer(stack, measured):
    # Given
    model, endpoint = "load-model", "load"
    offsets = published(stack, model, 4)
    one, two, three, four = offsets
    settings = {"scaling": {"min": 2, "max": 2}, "sticky": {"header": "X-User-Id"}, "limits": LIMITS}
    stack.promote(endpoint, model, one, settings=settings)
    stack.wait_for(endpoint, {one: 100})
    eventually(lambda: len(stack.servers(endpoint, one)) == 2, PATIENCE, "two model-servers")

    def split(**percents):
        weights = {offset: float(percent) for offset, percent in zip((one, two), percents.values(), strict=True)}
        stack.promote(endpoint, model, two, kind="SPLIT", weights=weights)
        stack.wait_for(endpoint, weights)

    # When
    begun = time.monotonic()
    with Weights(stack, endpoint) as weights, Load(stack.host, endpoint, stack.token(endpoint), offsets) as load:
        time.sleep(2)
        split(old=90, new=10)
        eventually(lambda: len(stack.servers(endpoint, two)) == 2, PATIENCE, "two model-servers of the new version")
        split(old=50, new=50)
        kill_one(stack, endpoint, two, of=2)
        split(old=10, new=90)
        stack.promote(endpoint, model, three, kind="CANARY", steps=[20, 60], everySeconds=2, minRequests=20)
        stack.wait_for(endpoint, {one: 10, three: 90})
        stack.promote(endpoint, model, four)
        stack.wait_for(endpoint, {four: 100})
        time.sleep(2)
        stack.api.ask(f"/api/v1/endpoints/{endpoint}:rollback", {"reason": "to see who notices"})
        stack.wait_for(endpoint, {one: 10, three: 90})
        kill_one(stack, endpoint, three, of=2)
        stack.promote(endpoint, model, three)
        stack.wait_for(endpoint, {three: 100})
        # A version is kept for going back, so its files are, too: for ten minutes, if the operator did not say otherwise.
        with pytest.raises(AssertionError, match="409"):
            stack.api.ask(f"/api/v1/models/{model}/versions/{one}", method="DELETE")
        eventually(lambda: not stack.servers(endpoint, one), RETENTION + PATIENCE, f"{one} to end")
        stack.api.ask(f"/api/v1/models/{model}/versions/{one}", method="DELETE")
        time.sleep(max(2, begun + SECONDS - time.monotonic()))

    # Then
    for line in report(load, retries_of(stack, endpoint)):
        measured(line)
    check(load, weights)
    assert set(offsets) == {each.version for each in load.seen()}


def test_the_only_model_server_of_a_version_that_is_killed_is_waited_for(stack, measured):
    # Given
    model, endpoint = "lone-model", "lone"
    offsets = published(stack, model, 1)
    [version] = offsets
    stack.promote(endpoint, model, version, settings={"sticky": {"header": "X-User-Id"}, "limits": LIMITS})
    stack.wait_for(endpoint, {version: 100})

    # When
    with Weights(stack, endpoint) as weights, Load(stack.host, endpoint, stack.token(endpoint), offsets) as load:
        time.sleep(2)
        kill_one(stack, endpoint, version, of=1)
        time.sleep(2)

    # Then
    for line in report(load, retries_of(stack, endpoint)):
        measured(line)
    check(load, weights)
