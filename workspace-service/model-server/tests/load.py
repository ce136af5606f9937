"""Clients that ask an endpoint without a pause, and what they saw: every answer with when, which version and whether it was right."""

import contextlib
import http.client
import json
import random
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass

WIDTH = 4
USERS = 1000


@dataclass(frozen=True)
class Seen:
    """One answer; times are of time.monotonic()."""

    begun: float
    ended: float
    version: str
    form: str


class Load:
    """As long as it is entered, `connections` clients ask. `offsets` is what each version adds to what it is given.

    Half of the calls say for whom they ask, half leave it to the token; half are JSON, half raw bytes both ways.
    """

    def __init__(self, host, endpoint, token, offsets, connections=16):
        self.host, self.path = host, f"/serve/{endpoint}/v2/models/{endpoint}/infer"
        self.token, self.offsets = token, offsets
        self.wrong = []
        self._seen = [[] for _ in range(connections)]
        self._going = True
        self._threads = [threading.Thread(target=self._work, args=(seen,)) for seen in self._seen]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._going = False
        for thread in self._threads:
            thread.join(90)
        assert not any(thread.is_alive() for thread in self._threads), "a client waits for an answer that does not come"

    def seen(self):
        return sorted((each for of_one in self._seen for each in of_one), key=lambda each: each.ended)

    # ---- one client

    def _work(self, seen):
        with contextlib.closing(http.client.HTTPConnection(self.host, timeout=80)) as connection:
            while self._going:
                form = random.choice(("json", "binary"))
                begun = time.monotonic()
                try:
                    version = self._ask(connection, form)
                except (OSError, http.client.HTTPException, AssertionError, ValueError, KeyError) as error:
                    self.wrong.append(f"after {time.monotonic() - begun:.3f} s: {error!r}"[:600])
                    connection.close()
                    time.sleep(0.1)
                else:
                    seen.append(Seen(begun, time.monotonic(), version, form))

    def _ask(self, connection, form):
        given = [float(random.randrange(1000)) for _ in range(WIDTH)]
        headers = {"Authorization": f"Bearer {self.token}"}
        if random.random() < 0.5:
            headers["X-User-Id"] = f"user-{random.randrange(USERS)}"
        tensor = {"name": "X", "shape": [1, WIDTH], "datatype": "FP32"}
        if form == "json":
            body = json.dumps({"inputs": [tensor | {"data": given}]}).encode()
        else:
            raw = struct.pack(f"<{WIDTH}f", *given)
            head = {"inputs": [tensor | {"parameters": {"binary_data_size": len(raw)}}]}
            head["parameters"] = {"binary_data_output": True}
            text = json.dumps(head).encode()
            headers["Inference-Header-Content-Length"] = str(len(text))
            body = text + raw
        if connection.sock is None:
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.request("POST", self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        version = answer.getheader("X-Model-Version")
        assert answer.status == 200, f"{answer.status} of {version}: {content!r}"
        length = answer.getheader("Inference-Header-Content-Length")
        if form == "json":
            values = json.loads(content)["outputs"][0]["data"]
        else:
            values = list(struct.unpack(f"<{WIDTH}f", content[int(length) :]))
        expected = [value + self.offsets[version] for value in given]
        assert values == expected, f"{version} answered {given} with {values}"
        return version


def quantile(values, share):
    return values[min(len(values) - 1, int(share * len(values)))]


def report(load, retries):
    """In words: how many, which versions, how long."""
    seen = load.seen()
    times = sorted(1000 * (each.ended - each.begun) for each in seen)
    seconds = seen[-1].ended - seen[0].begun
    versions = ", ".join(f"{version} {count}" for version, count in sorted(Counter(e.version for e in seen).items()))
    forms = ", ".join(f"{form} {count}" for form, count in sorted(Counter(each.form for each in seen).items()))
    return [
        f"{len(seen)} requests in {seconds:.0f} s ({len(seen) / seconds:.0f}/s), not answered as they should: {len(load.wrong)}",
        f"by version: {versions}; {forms}; sent again by the proxy: {retries:.0f}",
        f"p50 {quantile(times, 0.5):.1f} ms, p99 {quantile(times, 0.99):.1f} ms, longest {times[-1]:.0f} ms",
    ]


class Weights:
    """Follows who has a share, by asking the service; tells whether an answer's version had one.

    A version counts as having a share from the look before the first that saw it to the first look that did not.
    """

    def __init__(self, stack, endpoint):
        self._stack, self._endpoint = stack, endpoint
        self._times = {}
        self._going = True
        self._thread = threading.Thread(target=self._follow)
        self._error = None

    def __enter__(self):
        self._look(time.monotonic())
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._going = False
        self._thread.join(60)
        assert self._error is None, self._error

    def _follow(self):
        try:
            before = time.monotonic()
            while self._going:
                now = time.monotonic()
                self._look(before)
                before = now
                time.sleep(0.1)
        except (OSError, AssertionError) as error:
            self._error = error

    def _look(self, before):
        shares = self._stack.shares(self._endpoint)
        now = time.monotonic()
        for version in shares:
            known = self._times.setdefault(version, [])
            if not known or known[-1][1] is not None:
                known.append([before, None])
        for version, known in self._times.items():
            if version not in shares and known[-1][1] is None:
                known[-1][1] = now

    def had(self, version, at, within):
        """Whether it had a share at that time or in the seconds before."""
        return any(
            begun <= at and (ended is None or at <= ended + within) for begun, ended in self._times.get(version, ())
        )
