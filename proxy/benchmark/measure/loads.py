"""The loads, and what one round of one load on one proxy is measured as."""

import dataclasses
import json
import os
import pathlib
import time
from collections.abc import Callable

from measure import processes as proc
from measure.proxies import Proxy
from measure.upstreams import LARGE_FILE, ONE_UPSTREAM, ROUTES

UPLOAD = 500 * 2**20
DOWNLOADS_PER_ROUND = 40


@dataclasses.dataclass(frozen=True)
class Round:
    """One load on one proxy. Operations are requests, messages or bytes; times in ms, memory in MB."""

    operations: int
    seconds: float
    cpu: float
    failures: int
    p50: float
    p99: float
    pss: float
    growth: float
    others: float

    @property
    def rate(self) -> float:
        return self.operations / self.seconds

    @property
    def cpu_per_operation(self) -> float:
        return self.cpu / self.operations


class Loads:
    """Each load is a client process that prints one line of JSON at its end."""

    def __init__(self, processes: proc.Processes, wrk: str, java: list[str], stand: pathlib.Path, seconds: int):
        self._processes, self._wrk, self._java, self._stand = processes, wrk, java, stand
        self.seconds = seconds

    def requests(self, connections: int, routes: str) -> Callable[[Proxy], Round]:
        return lambda proxy: self._measure(proxy, self._wrk_command(proxy, connections, routes), self.seconds + 30)

    def messages(self, proxy: Proxy) -> Round:
        return self._measure(proxy, [*self._java, "Sockets", "talk", *self._who(proxy), 100, self.seconds], self.seconds + 40)

    def downloads(self, proxy: Proxy) -> Round:
        command = ["Transfers", "download", *self._who(proxy), LARGE_FILE, DOWNLOADS_PER_ROUND, 4]
        return self._measure(proxy, [*self._java, *command], 130)

    def uploads(self, proxy: Proxy) -> Round:
        command = ["Transfers", "upload", *self._who(proxy), UPLOAD, 2, 1]
        return self._measure(proxy, [*self._java, *command], 130)

    def held_sockets(self, proxy: Proxy, count: int) -> tuple[float, float]:
        """Opens that many WebSockets; answers the PSS before and while they are open."""
        before = proc.pss_megabytes(proxy.pid)
        client = self._processes.start(
            "sockets", [*self._java, "Sockets", "hold", *self._who(proxy), count, 60], heard=True
        )
        if client.stdout.readline().strip() != b"open":
            raise RuntimeError(f"{proxy.name} did not open {count} WebSockets; see proxy/benchmark/target/log/sockets.log.")
        time.sleep(1)
        open_pss = proc.pss_megabytes(proxy.pid)
        self._processes.end(client)
        return before, open_pss

    def seen_changes(self, proxy: Proxy, count: int) -> dict:
        return self._last_line("changes", self._change_command(proxy, "see", count), 70)

    def requests_under_changes(self, proxy: Proxy, per_second: int) -> tuple[dict, dict]:
        """A load of requests while routes change; answers what the changes and what the requests came to."""
        churn = self._processes.start("churn", self._change_command(proxy, "churn", per_second, self.seconds), heard=True)
        requests = self._last_line("wrk", self._wrk_command(proxy, 32, ONE_UPSTREAM), self.seconds + 30)
        changes, _ = churn.communicate(timeout=30)
        self._processes.end(churn)
        if churn.returncode != 0:
            raise RuntimeError(f"{proxy.name} refused changes of routes; see proxy/benchmark/target/log/churn.log.")
        return json.loads(changes), requests

    def _wrk_command(self, proxy: Proxy, connections: int, routes: str) -> list:
        command = [self._wrk, "-t", 1, "-c", connections, "-d", self.seconds, "--timeout", "5s"]
        command += ["-H", f"Cookie: {proxy.cookie or 'benchtop-session=none'}"]
        return [*command, "-s", self._stand / "routes.lua", f"http://127.0.0.1:{proxy.port}/", "--", routes, ROUTES]

    def _change_command(self, proxy: Proxy, mode: str, *numbers: int) -> list:
        up = proxy.upstreams
        targets = [f"http://127.0.0.1:{up.a}", f"http://127.0.0.1:{up.b}"]
        return [*self._java, "Changes", mode, *self._who(proxy), *proxy.control(), *targets, *numbers]

    @staticmethod
    def _who(proxy: Proxy) -> list:
        return [proxy.port, proxy.cookie or "benchtop-session=none"]

    def _last_line(self, name: str, command: list, limit: float) -> dict:
        return json.loads(self._processes.load(name, command, limit).strip().splitlines()[-1])

    def _measure(self, proxy: Proxy, command: list, limit: float) -> Round:
        rss_before, cpu_before = proc.rss_megabytes(proxy.pid), proc.cpu_seconds(proxy.pid)
        busy_before, own_before = proc.machine_busy_seconds(), proc.cpu_seconds(os.getpid())
        started = time.monotonic()
        with (
            proc.Highest(lambda: proc.pss_megabytes(proxy.pid), 1) as pss,
            proc.Highest(lambda: proc.rss_megabytes(proxy.pid), 0.1) as rss,
        ):
            told = self._last_line(pathlib.Path(command[0]).name, command, limit)
        busy = proc.machine_busy_seconds() - busy_before
        own = proc.cpu_seconds(os.getpid()) - own_before
        elapsed = time.monotonic() - started
        return Round(
            operations=told["operations"],
            seconds=told["seconds"],
            cpu=proc.cpu_seconds(proxy.pid) - cpu_before,
            failures=told["failures"],
            p50=told.get("p50", 0.0),
            p99=told.get("p99", 0.0),
            pss=pss.value or proc.pss_megabytes(proxy.pid),
            growth=max(0.0, rss.value - rss_before),
            others=max(0.0, busy - own) / elapsed / os.cpu_count(),
        )


def alternate(proxies: list[Proxy], load, warm: int, rounds: int, calm: proc.Calm, tell) -> dict[str, list[Round]]:
    """A, B, C, A, B, C: what disturbs the machine disturbs all of them; the warm rounds are not counted."""
    counted: dict[str, list[Round]] = {proxy.name: [] for proxy in proxies}
    for number in range(warm + rounds):
        for proxy in proxies:
            calm.wait()
            result = load(proxy)
            if number >= warm:
                counted[proxy.name].append(result)
            tell(proxy, number - warm + 1, result)
    return counted
