"""How they are asked, and what is measured."""

import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from contestants import HERE, ask, end, program, start


def result(command, environment=None):
    """The numbers after RESULT."""
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT")), None)
    if done.returncode or line is None:
        sys.exit(f"{command[0]} failed: {done.stdout}{done.stderr}")
    return [int(word) for word in line.split()[1:]]


def closed(numbers):
    requests, micros, errors, median, p99 = numbers
    if errors or not requests:
        sys.exit(f"{errors} errors of {requests} requests")
    return {"rate": requests / (micros / 1e6), "p50": median, "p99": p99}


def wrk(contestant, body, clients, seconds, model="gbt"):
    """Each client asks again when it was answered."""
    file, json_bytes = body
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(HERE / "post.lua")]
    command += [contestant.url(model), "--", str(file)]
    command += [] if json_bytes is None else [str(json_bytes)]
    return result(command, contestant.environment())


def http(contestant, body, clients, seconds, model="gbt"):
    return closed(wrk(contestant, body, clients, seconds, model))


def grpc(contestant, width, clients, seconds):
    """One row, raw."""
    command = [*program(), str(HERE / "GrpcLoad.java"), str(contestant.grpc), "gbt", str(width), "1"]
    return closed(result([*command, str(clients), str(seconds)], contestant.environment()))


def overload(contestant, body, model, seconds):
    """As much as it can, then three times that whatever it answers: goodput and p99 as ratios."""
    peak = http(contestant, (body, None), 16, seconds, model)
    command = [*program(), str(HERE / "OpenLoad.java"), contestant.url(model), str(body)]
    numbers = result([*command, str(3 * peak["rate"]), str(seconds)])
    sent, answered, refused, wrong, micros, _, p99 = numbers
    if wrong or not answered:
        sys.exit(f"{wrong} of {sent} requests were answered with something else than 200 or 429")
    return {
        "goodput": answered / (micros / 1e6) / peak["rate"],
        "p99": p99 / peak["p99"],
        "offered": sent / (micros / 1e6) / peak["rate"],
        "refused": refused / sent,
    }


def resident(process):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def swaps(contestant, body, count):
    """The model is loaded anew so many times while 16 clients ask: errors, and how much memory more it has then."""
    going, errors = [True], []

    def asking():
        while going[0]:
            numbers = wrk(contestant, (body, None), 16, 1)
            errors.append(numbers[2] + (0 if numbers[0] else 1))

    thread = threading.Thread(target=asking)
    before = resident(contestant.process)
    thread.start()
    try:
        for _ in range(count):
            address = f"http://127.0.0.1:{contestant.http}/v2/repository/models/gbt/load"
            urllib.request.urlopen(urllib.request.Request(address, b"{}"), timeout=60).close()
    finally:
        going[0] = False
        thread.join()
    return {"swaps": count, "errors": sum(errors), "before": before, "after": resident(contestant.process)}


def first_answer(folder, make, body, turn):
    """Milliseconds from the start of its process to its first answer."""
    with ExitStack() as stack:
        begun = time.monotonic()
        contestant = start(stack, folder, f"first-{turn}", make, body, pause=0.005)
        took = 1000 * (time.monotonic() - begun)
        ask(contestant, body)
        end(contestant.process)
        return {"millis": took}


def median(runs, key):
    return statistics.median(run[key] for run in runs)
