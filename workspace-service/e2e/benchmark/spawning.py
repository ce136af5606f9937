"""Times starts of workspaces on a real cluster; see README.md."""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import cluster_platform
from cluster_platform import ClusterPlatform, kubectl, run
from platform_process import wait_until
from rest import Rest, signed_in

SIMULATED = {
    "slug": "simulated",
    "displayName": "Simulated",
    "memory": "128Mi",
    "cpus": 0.1,
    "nodeSelector": {"type": "simulated"},
    "tolerations": [{"key": "simulated", "value": "true", "effect": "NoSchedule"}],
}
REAL = {"slug": "real", "displayName": "Real", "memory": "512Mi", "cpus": 0.1}

# What is left of the last run may still be on its way out.
HOMES = f"benchtop-bench-{secrets.token_hex(3)}"

# A course that begins: many people, each with a workspace or a few.
PEOPLE = 50


class Homes:
    """As many volumes as there are workspaces, all of them one folder of the node: what is measured is not storage."""

    def __init__(self, count: int) -> None:
        self._folder = tempfile.mkdtemp(prefix=HOMES)
        Path(self._folder).chmod(0o777)
        storage_class = {
            "apiVersion": "storage.k8s.io/v1",
            "kind": "StorageClass",
            "metadata": {"name": HOMES},
            "provisioner": "kubernetes.io/no-provisioner",
        }
        volumes = [self._volume(number) for number in range(count)]
        self._items = json.dumps({"apiVersion": "v1", "kind": "List", "items": [storage_class, *volumes]})
        run(["kubectl", "create", "-f", "-"], self._items)

    def _volume(self, number: int) -> dict:
        return {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {"name": f"{HOMES}-{number}"},
            "spec": {
                "capacity": {"storage": "1Gi"},
                "accessModes": ["ReadWriteOnce"],
                "persistentVolumeReclaimPolicy": "Retain",
                "storageClassName": HOMES,
                "hostPath": {"path": self._folder},
            },
        }

    def remove(self) -> None:
        run(["kubectl", "delete", "-f", "-", "--wait=false"], self._items)
        shutil.rmtree(self._folder, ignore_errors=True)


class Api:
    """The REST API as an administrator's program uses it."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    @staticmethod
    def of_first_administrator(platform: ClusterPlatform) -> Api:
        return Api(signed_in(platform.url, platform.sign_in_link(), "ada"))

    def of_new_person(self, name: str) -> Api:
        self._rest.ask("/api/v1/users", {"name": name, "role": "developer"})
        return Api(signed_in(self._rest.url, self._rest.ask(f"/api/v1/users/{name}:sign-in-link", {})["url"], name))

    def start(self, name: str, profile: str) -> tuple[str, float]:
        """Makes and starts a workspace; gives its id and when the request was sent."""
        sent = time.monotonic()
        return self._rest.ask("/api/v1/workspaces", {"displayName": name, "profile": profile, "start": True})["id"], sent

    def states(self) -> dict[str, str]:
        """Of everybody's workspaces."""
        return {each["id"]: each["state"]["code"] for each in self._rest.ask("/api/v1/workspaces?owner=*")["workspaces"]}


class PodWatch:
    """When the API server told of each workspace's pod, and of its being Ready; `time.monotonic()`."""

    def __init__(self, namespace: str) -> None:
        self.added: dict[str, float] = {}
        self.ready: dict[str, float] = {}
        command = ["kubectl", "get", "--raw", f"/api/v1/namespaces/{namespace}/pods?watch=1"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._process.stdout:
            now = time.monotonic()
            pod = json.loads(line)["object"]
            workspace = pod["metadata"]["labels"].get("benchtop.io/workspace")
            self.added.setdefault(workspace, now)
            if cluster_platform.is_ready(pod):
                self.ready.setdefault(workspace, now)

    def close(self) -> None:
        self._process.terminate()


class RouteWatch:
    """When the route feed of one replica told that a workspace runs."""

    def __init__(self, platform: ClusterPlatform) -> None:
        self.running: dict[str, float] = {}
        self._url = f"http://{platform._pod_address('service')}:8081/internal/routes/watch?after="
        self._headers = {"Authorization": f"Internal {platform.internal_key()}", "Accept": "text/event-stream"}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with urllib.request.urlopen(urllib.request.Request(self._url, headers=self._headers), timeout=600) as stream:
            for line in stream:
                if line.startswith(b"data:") and b'"RUNNING"' in line:
                    self.running.setdefault(json.loads(line[5:])["workspaceId"], time.monotonic())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--idle", type=int, default=40)
    options.add_argument("--burst", type=int, default=500)
    options.add_argument("--real", type=int, default=5)
    options.add_argument("--tracked", type=int, default=1000)
    asked = options.parse_args()
    if obstacle := cluster_platform.missing():
        raise SystemExit(obstacle)
    platform = ClusterPlatform(
        "bench",
        {
            "profiles": [REAL, SIMULATED],
            "workspaces": {
                "quota": 5000,
                "concurrentStarts": 600,
                "startTimeout": "15m",
                "defaultProfile": "real",
                "homes": {"kind": "claim", "storageClass": HOMES, "size": "1Gi", "nfs": {"server": "", "path": ""}},
            },
        },
    )
    homes = Homes(max(asked.tracked, asked.real + asked.idle + asked.burst) + 10)
    try:
        platform.start()
        measure(platform, asked)
    finally:
        platform.stop()
        homes.remove()


def measure(platform: ClusterPlatform, asked: argparse.Namespace) -> None:
    api = Api.of_first_administrator(platform)
    pods = PodWatch(platform.workspaces)
    routes = RouteWatch(platform)
    routable(api, pods, routes, asked.real)
    idle(api, pods, asked.idle)
    burst(api, pods, asked.burst)
    restart(platform, api, asked.tracked)
    pods.close()


def routable(api: Api, pods: PodWatch, routes: RouteWatch, count: int) -> None:
    began = {}
    for number in range(count):
        workspace, began[workspace] = api.start(f"Real {number}", "real")
        wait_until(lambda: workspace in routes.running, 120, f"{workspace} to be routed")
    tell("pod Ready to routable", [routes.running[w] - pods.ready[w] for w in began], "p99 200 ms")


def idle(api: Api, pods: PodWatch, count: int) -> None:
    began, answers = {}, []
    for number in range(count):
        workspace, began[workspace] = api.start(f"Idle {number}", "simulated")
        answers.append(time.monotonic() - began[workspace])
        wait_until(lambda: workspace in pods.added, 60, f"the pod of {workspace}")
    tell("POST to its answer, idle", answers, "")
    tell("POST to pod created, idle", [pods.added[w] - sent for w, sent in began.items()], "p99 250 ms")


def burst(api: Api, pods: PodWatch, count: int) -> None:
    people = [api.of_new_person(f"learner-{number}") for number in range(PEOPLE)]
    with ThreadPoolExecutor(32) as pool:
        first = time.monotonic()
        began = dict(pool.map(lambda number: people[number % PEOPLE].start(f"Burst {number}", "simulated"), range(count)))
        posted = time.monotonic() - first
    wait_until(lambda: all(w in pods.added for w in began), 300, "every pod of the burst")
    tell(f"POST to pod created, {count} in {posted:.1f} s", [pods.added[w] - sent for w, sent in began.items()], "p99 1 s")
    wait_until(lambda: all(api.states()[w] in ("RUNNING", "FAILED") for w in began), 600, "every start of the burst to end")
    failed = [w for w in began if api.states()[w] != "RUNNING"]
    print(f"starts of the burst that failed: {len(failed)} (goal 0)", flush=True)


def restart(platform: ClusterPlatform, api: Api, count: int) -> None:
    missing = count - sum(state == "RUNNING" for state in api.states().values())
    with ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda number: api.start(f"Tracked {number}", "simulated"), range(missing)))
    wait_until(lambda: sum(s == "RUNNING" for s in api.states().values()) >= count, 900, f"{count} running workspaces")
    restarted = platform.kill_service()
    listening = wait_until(lambda: listens(platform), 120, "a service that listens")
    wait_until(lambda: running_routes(platform) >= count, 120, f"{count} routes")
    print(f"service killed with {count} running: routes right {time.monotonic() - listening:.2f} s after it listens (goal 5 s)", flush=True)
    wait_until(restarted, 120, "new replicas")
    for pod in platform.pods("service"):
        status = kubectl("-n", platform.system, "exec", pod["metadata"]["name"], "--", "cat", "/proc/1/status")
        resident = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        print(f"service with {count} running, resident: {int(resident) / 1024:.0f} MB", flush=True)


def listens(platform: ClusterPlatform) -> float | None:
    try:
        running_routes(platform)
        return time.monotonic()
    except (OSError, StopIteration):
        return None


def running_routes(platform: ClusterPlatform) -> int:
    host, port = platform._cluster_address("service")
    request = urllib.request.Request(
        f"http://{host}:{port}/internal/routes", headers={"Authorization": f"Internal {platform.internal_key()}"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return sum(route["state"] == "RUNNING" for route in json.load(answer)["routes"])


def tell(what: str, seconds: list[float], goal: str) -> None:
    ordered = sorted(seconds)
    at = lambda share: ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000  # noqa: E731
    print(f"{what}: p50 {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, n {len(ordered)}" + (f" (goal {goal})" if goal else ""), flush=True)


if __name__ == "__main__":
    main()
