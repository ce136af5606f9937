"""This server, by itself and in a whole Benchtop, beside others with one model; see README.md beside this file."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from itertools import pairwise
from pathlib import Path

import contestants
import loads
import numpy as np
from contestants import MODULE, WIDTH, full_stack, start
from loads import median

SWAPS = 100
# Of the model `slow`: about five milliseconds.
ROUNDS_OF_SLOW = 50


def make_model(folder):
    """100 trees of depth 5 over 100 features; rows to ask, and a request with the answer that it should have."""
    import onnxruntime
    from skl2onnx import to_onnx
    from sklearn.datasets import make_classification
    from sklearn.ensemble import GradientBoostingClassifier

    x, y = make_classification(n_samples=2000, n_features=WIDTH, n_informative=20, random_state=1)
    x = x.astype(np.float32)
    trees = GradientBoostingClassifier(n_estimators=100, max_depth=5, random_state=1).fit(x, y)
    made = to_onnx(trees, x[:1], options={"zipmap": False}, target_opset=17).SerializeToString()
    (folder / "model.onnx").write_bytes(made)
    session = onnxruntime.InferenceSession(made, providers=["CPUExecutionProvider"])
    label, probabilities = session.run(None, {"X": x[:2]})
    outputs = [("label", "INT64", label), ("probabilities", "FP32", probabilities)]
    sample = {
        "inputs": [{"name": "X", "datatype": "FP32", "shape": [2, WIDTH], "data": x[:2].ravel().tolist()}],
        "outputs": [
            {"name": name, "datatype": kind, "shape": list(value.shape), "data": value.ravel().tolist()}
            for name, kind, value in outputs
        ],
    }
    return x, sample


def make_dense(folder):
    """A network whose 34 MB of weights each run has to read, whether it is of one row or of many."""
    from onnx import TensorProto, checker, helper, numpy_helper

    random = np.random.default_rng(1)
    sizes = [WIDTH, 2048, 2048, 2048, 8]
    nodes, weights = [], []
    for i, (wide, next_wide) in enumerate(pairwise(sizes)):
        matrix = random.normal(0, 1 / np.sqrt(wide), (wide, next_wide)).astype(np.float32)
        weights.append(numpy_helper.from_array(matrix, f"w{i}"))
        nodes.append(helper.make_node("MatMul", [f"y{i - 1}" if i else "X", f"w{i}"], [f"z{i}"]))
        nodes.append(helper.make_node("Tanh", [f"z{i}"], [f"y{i}" if i < len(sizes) - 2 else "Y"]))
    taken = helper.make_tensor_value_info("X", TensorProto.FLOAT, [None, WIDTH])
    given = helper.make_tensor_value_info("Y", TensorProto.FLOAT, [None, sizes[-1]])
    graph = helper.make_graph(nodes, "dense", [taken], [given], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    dense = folder / "dense"
    dense.mkdir()
    (dense / "model.onnx").write_bytes(model.SerializeToString())
    # What a server needs to see that rows do not touch each other.
    (dense / "sample.json").write_text(json.dumps(dense_sample(model.SerializeToString(), random)))
    return dense


def dense_sample(model, random):
    import onnxruntime

    x = random.normal(0, 1, (2, WIDTH)).astype(np.float32)
    y = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(None, {"X": x})[0]
    named = {"inputs": ("X", x), "outputs": ("Y", y)}
    return {
        side: [{"name": name, "datatype": "FP32", "shape": list(value.shape), "data": value.ravel().tolist()}]
        for side, (name, value) in named.items()
    }


def make_bodies(folder, x):
    """Files of bodies and how much of each is JSON, or nothing."""
    bodies = {}
    for rows in (1, 64):
        given = {"name": "X", "shape": [rows, WIDTH], "datatype": "FP32"}
        file = folder / f"json-{rows}"
        data = [round(float(value), 6) for value in x[:rows].ravel()]
        file.write_text(json.dumps({"inputs": [given | {"data": data}]}))
        bodies["json", rows] = (file, None)
        raw = x[:rows].tobytes()
        head = json.dumps({"inputs": [given | {"parameters": {"binary_data_size": len(raw)}}]}).encode()
        file = folder / f"binary-{rows}"
        file.write_bytes(head + raw)
        bodies["binary", rows] = (file, len(head))
    slow = folder / "slow-body"
    given = {"name": "rounds", "shape": [1], "datatype": "INT64", "data": [ROUNDS_OF_SLOW]}
    slow.write_text(json.dumps({"inputs": [given]}))
    bodies["slow", 1] = (slow, None)
    return bodies


# What is measured: form, rows, clients, and who takes part.
EVERYBODY = ("ours", "stack", "bare", "triton", "mlserver")
LOADS = [
    ("json", 1, 1, ("ours", "stack", "unbatched", "bare", "triton", "mlserver")),
    ("json", 1, 16, EVERYBODY),
    ("json", 1, 64, ("ours", "unbatched", "bare")),
    ("json", 1, 1, ("dense", "dense unbatched")),
    ("json", 1, 64, ("dense", "dense unbatched")),
    ("json", 64, 16, EVERYBODY),
    ("binary", 64, 16, ("ours", "stack", "triton")),
    ("grpc", 1, 64, ("ours", "stack", "triton")),
]


def goals(rate, p50, of):
    """Each with what was wanted and what was measured."""
    lone, one, many = ("json", 1, 1), ("json", 1, 16), ("json", 1, 64)
    wide, raw, remote = ("json", 64, 16), ("binary", 64, 16), ("grpc", 1, 64)

    def ratio(load, first, second):
        return f"{rate(load, first) / rate(load, second):.2f}"

    yield "G1 one row, 16 clients: stack / MLServer", ">= 8", ratio(one, "stack", "mlserver")
    yield "G1 one row, 16 clients: stack / Triton", ">= 2", ratio(one, "stack", "triton")
    yield "G2 one row, 16 clients: stack / bare", ">= 0.6", ratio(one, "stack", "bare")
    yield "G2 the server by itself: ours / bare", "", ratio(one, "ours", "bare")
    yield "G3 64 rows as JSON: ours / MLServer", ">= 2.5", ratio(wide, "ours", "mlserver")
    yield "G3 64 rows: ours binary / ours JSON", ">= 2", f"{rate(raw, 'ours') / rate(wide, 'ours'):.2f}"
    yield "G4 64 clients: ours / ours unbatched", ">= 1.5", ratio(many, "ours", "unbatched")
    yield "G4 1 client, p50: ours / unbatched", "<= 1.05", f"{p50(lone, 'ours') / p50(lone, 'unbatched'):.2f}"
    yield "G4 64 clients: dense / dense unbatched", ">= 1.5", ratio(many, "dense", "dense unbatched")
    alone = p50(lone, "dense") / p50(lone, "dense unbatched")
    yield "G4 1 client, p50: dense / dense unbatched", "<= 1.05", f"{alone:.2f}"
    yield "G5 one row, 16 clients: stack / ours", ">= 0.7", ratio(one, "stack", "ours")
    hop = (p50(lone, "stack") - p50(lone, "ours")) / 1000
    yield "G5 1 client, p50: stack - ours, ms", "<= 0.4", f"{hop:.2f}"
    yield "G6 gRPC, one row raw, 64 clients: ours / Triton", ">= 1.5", ratio(remote, "ours", "triton")
    yield "G6 through the proxy: stack / Triton", "", ratio(remote, "stack", "triton")
    swaps = of("swaps")
    count, errors = (sum(run[key] for run in swaps) for key in ("swaps", "errors"))
    yield f"G7 failed requests in {count} swaps under load", "0", str(errors)
    # The first round is still growing into its heap.
    grown = swaps[-1]["after"] - swaps[0]["after"]
    yield "G7 memory of the last round - of the first, MB", "about 0", f"{grown:.0f}"
    for name, how in (("overload", "as it is"), ("long queue", "--queue 512")):
        runs = of(name)
        offered, refused = median(runs, "offered"), median(runs, "refused")
        said = f"{offered:.1f} times offered, {100 * refused:.0f} % refused"
        yield f"G8 overload, {how} ({said}): goodput / peak", ">= 0.85", f"{median(runs, 'goodput'):.2f}"
        yield f"G8 overload, {how}: p99 of the answered / p99 at peak", "<= 3", f"{median(runs, 'p99'):.2f}"
    yield "G9 start of the process to its first answer, s", "<= 3", f"{median(of('first'), 'millis') / 1000:.2f}"


def turns(names, turn):
    """All of them, another one first each time."""
    return [names[(i + turn) % len(names)] for i in range(len(names))]


def measure(options, folder, stack):
    x, sample = make_model(folder)
    bodies = make_bodies(folder, x)
    one = bodies["json", 1][0]
    slow = folder / "slow"
    shutil.copytree(MODULE / "src/test/resources/models/slow", slow)
    kinds = ("ours", "unbatched", "controlled", "bare", "triton", "mlserver")
    who = {name: start(stack, folder, name, getattr(contestants, name), one) for name in kinds}
    for name, more in (("overload", ()), ("long queue", ("--queue", "512"))):
        make = partial(contestants.ours, model="slow")
        who[name] = start(
            stack, slow, name, lambda *at, make=make, more=more: make(*at, *more), bodies["slow", 1][0], "slow"
        )
    dense = make_dense(folder)
    for name, make in (("dense", contestants.ours), ("dense unbatched", contestants.unbatched)):
        who[name] = start(stack, dense, name, partial(make, model="dense"), one, "dense")
    who["stack"] = full_stack(stack, folder, sample)
    measured = {}

    def note(turn, key, found):
        print(f"round {turn} of {options.rounds}: {key} {found}", file=sys.stderr, flush=True)
        # The first round warms up.
        if turn > 0:
            measured.setdefault(key, []).append(found)

    for turn in range(options.rounds + 1):
        for form, rows, clients, names in LOADS:
            for name in turns(names, turn):
                if form == "grpc":
                    found = loads.grpc(who[name], WIDTH, clients, options.seconds)
                else:
                    model = "dense" if name.startswith("dense") else "gbt"
                    found = loads.http(who[name], bodies[form, rows], clients, options.seconds, model)
                note(turn, ((form, rows, clients), name), found)
        for name in turns(("overload", "long queue"), turn):
            note(turn, name, loads.overload(who[name], bodies["slow", 1][0], "slow", options.seconds))
        count = -(-SWAPS // options.rounds) if turn > 0 else SWAPS // 10
        note(turn, "swaps", loads.swaps(who["controlled"], one, count))
        note(turn, "first", loads.first_answer(folder, contestants.ours, one, turn))
    return measured


def show(options, measured):
    print(
        f"| load | who | requests/s: median, least, most of {options.rounds} | p50 ms | p99 ms |\n|---|---|---|---|---|"
    )
    for form, rows, clients, names in LOADS:
        for name in names:
            runs = measured[(form, rows, clients), name]
            rates = [run["rate"] for run in runs]
            spread = f"{median(runs, 'rate'):.0f}, {min(rates):.0f}, {max(rates):.0f}"
            p50, p99 = (median(runs, key) / 1000 for key in ("p50", "p99"))
            print(f"| {form}, {rows} rows, {clients} clients | {name} | {spread} | {p50:.2f} | {p99:.2f} |")

    def of(key):
        return lambda load, name: median(measured[load, name], key)

    print(f"\n| goal | wanted | median of {options.rounds} |\n|---|---|---|")
    for goal, wanted, found in goals(of("rate"), of("p50"), measured.__getitem__):
        print(f"| {goal} | {wanted} | {found} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    # So that the servers end with this, however it ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        measured = measure(options, folder, stack)
    show(options, measured)


if __name__ == "__main__":
    main()
