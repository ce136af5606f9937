"""Logging metrics: Benchtop and MLflow's own server, by the same clients."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from measure.processes import Missing, Processes, free_port
from platform_process import wait_until
from rest import Rest

from comparison.product import Product
from comparison.rounds import Done, Results, Side
from comparison.sources import HERE, listens

WRITERS = 16
BATCH = 100
# How many metrics a request has, how it is called, how many times MLflow's rate is the goal, how many requests make the
# service warm, and how many times longer a round is: with 16 writers MLflow takes seconds for a batch.
LOADS = ((1, "log-metric", 10, 20_000, 1), (BATCH, "log-batch", 20, 2_000, 4))


@dataclass(frozen=True)
class Server:
    """A server of tracking, and the runs that are written to: the first line of the file is the token."""

    name: str
    address: str
    token: str
    runs: Path

    def make_runs(self) -> None:
        """One run for each writer."""
        rest = Rest(self.address, self.token)
        made = [
            rest.ask("/api/2.0/mlflow/runs/create", {"experiment_id": "0"})["run"]["info"]["run_id"]
            for _ in range(WRITERS)
        ]
        self.runs.touch(mode=0o600)
        self.runs.write_text("\n".join([self.token, *made]) + "\n")


@dataclass(frozen=True)
class Raw:
    """Requests over kept connections, by wrk: as cheap a client as there is."""

    processes: Processes
    server: Server
    metrics: int
    writers: int
    seconds: int

    def __call__(self) -> Done:
        wrk = shutil.which("wrk")
        if wrk is None:
            raise Missing("wrk is not installed; on Debian: apt-get install wrk.")
        command = [
            wrk,
            "-t",
            1,
            "-c",
            self.writers,
            "-d",
            self.seconds,
            "--timeout",
            "20s",
            "-s",
            HERE / "tracking.lua",
        ]
        address = f"{self.server.address}/api/2.0/mlflow/runs"
        printed = self.processes.load(
            "wrk", [*command, address, "--", self.server.runs, self.metrics], self.seconds + 60
        )
        told = json.loads(printed.strip().splitlines()[-1])
        if told["failures"]:
            raise RuntimeError(f"{self.server.name} did not take {told['failures']} of {told['operations']} requests.")
        return Done(told["operations"], told["seconds"])


@dataclass(frozen=True)
class Client:
    """MLflow's own client, in a process of its own, because it reads its environment once."""

    processes: Processes
    server: Server
    metrics: int
    seconds: int

    def __call__(self) -> Done:
        token = {"MLFLOW_TRACKING_TOKEN": self.server.token} if self.server.token else {}
        command = [sys.executable, HERE / "mlflow_writer.py", self.server.address, self.metrics, self.seconds]
        said = self.processes.load("mlflow-client", command, self.seconds + 120, {**os.environ, **token})
        count, seconds = said.split()[-2:]
        return Done(int(count), float(seconds))


def measure(product: Product, processes: Processes, folder: Path, options: Namespace, results: Results) -> None:
    """What ``--only`` names, or all of it."""
    ours = Server("Benchtop", product.url + "/mlflow", product.rest.token, folder / "ours.txt")
    theirs = Server("MLflow server", mlflow_server(processes, folder), "", folder / "theirs.txt")
    servers = [ours, theirs]
    for server in servers:
        server.make_runs()
    for metrics, what, goal, enough, longer in LOADS:
        if what in options.only:
            warm_up(processes, ours, metrics, enough)
            seconds = options.seconds * longer
            for writers in (1, WRITERS):
                title = f"{what}, {writers} writer{'s' if writers > 1 else ''}"
                sides = [Side(each.name, Raw(processes, each, metrics, writers, seconds)) for each in servers]
                compare(results, title, sides, goal if writers == WRITERS else None)
    if "client" in options.only:
        for metrics, what, *_ in LOADS:
            sides = [Side(each.name, Client(processes, each, metrics, options.seconds)) for each in servers]
            compare(results, f"{what}, MLflow's client", sides, None)


def warm_up(processes: Processes, server: Server, metrics: int, enough: int) -> None:
    """By requests rather than by time: on a busy machine a JVM compiles late what is hot."""
    end = time.monotonic() + 60
    while enough > 0 and time.monotonic() < end:
        enough -= int(Raw(processes, server, metrics, WRITERS, 5)().operations)


def compare(results: Results, title: str, sides: list[Side], goal: float | None) -> None:
    """Both servers in turn; ours over theirs."""
    found = results.alternate(title, "requests/s", 1, sides)
    results.compare(f"{title}: Benchtop / MLflow", found, sides[0].name, sides[1].name, goal)


def mlflow_server(processes: Processes, folder: Path) -> str:
    """As its documentation starts it, with one worker and SQLite; gives its address."""
    port = free_port()
    command = [Path(sys.executable).with_name("mlflow"), "server", "--host", "127.0.0.1", "--port", port]
    command += ["--workers", "1", "--backend-store-uri", f"sqlite:///{folder}/mlflow.db"]
    command += ["--artifacts-destination", folder / "artifacts"]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    # Processes for scoring models and the like, which only take time from both sides.
    without_jobs = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    processes.start("mlflow", command, {**os.environ, "PATH": path, **without_jobs})
    print("starting MLflow's server …", flush=True)
    wait_until(lambda: listens(port), 300, "MLflow's server to listen; see target/log/mlflow.log")
    return f"http://127.0.0.1:{port}"
