"""The chart on a real cluster, driven by the same tests as `./benchtop up`.

KUBECONFIG names a cluster in which tests may make and delete namespaces, TEST_REGISTRY a registry that it pulls from, and
`./benchtop images` has pushed the images there. TEST_NFS_EXPORTS is the folder of what the cluster's NFS server exports. Each platform has three namespaces of its own, and nothing of it is left.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

from platform_process import REPOSITORY, SECRETS_SEEN, free_port, wait_until

TOKEN = "/run/benchtop/server/token"
CHART = REPOSITORY / "helm" / "benchtop"
IMAGES = REPOSITORY / "kernel-images" / "target" / "images.json"
POSTGRES = REPOSITORY / "helm" / "tests" / "postgres" / "image"


def missing() -> str | None:
    """What stands in the way of using a cluster, as a sentence; None if nothing does."""
    for name in ("KUBECONFIG", "TEST_REGISTRY", "TEST_NFS_EXPORTS"):
        if not os.environ.get(name):
            return f"{name} is not set: see CONTRIBUTING.md to run the browser tests on a cluster"
    for program in ("helm", "kubectl", "buildah"):
        if shutil.which(program) is None:
            return f"no {program} on the PATH, which the tests on a cluster need"
    return None if IMAGES.exists() else f"{IMAGES} is missing: run ./benchtop images --push first"


class ClusterPlatform:
    """One release of the chart, reached through a forwarded port of this machine."""

    def __init__(self, name: str, values: dict | None = None) -> None:
        self.name = name
        self.system = f"e2e-{name}"
        self.workspaces = f"e2e-{name}-workspaces"
        self.models = f"e2e-{name}-models"
        self.namespaces = [self.system, self.workspaces, self.models]
        self.values = values or {}
        self.export = Path(os.environ["TEST_NFS_EXPORTS"]) / self.system
        self.files = Path(os.environ["TEST_NFS_EXPORTS"]) / f"{self.system}-files"
        self.port = free_port()
        self.first_start_seconds: float | None = None
        self._link: str | None = None
        self._relay: PortRelay | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def source_host(self) -> str:
        """Where sources of data on this machine are reached from the service and from workspaces."""
        nodes = json.loads(kubectl("get", "nodes", "-o", "json"))["items"]
        return next(
            address["address"]
            for node in nodes
            for address in node["status"]["addresses"]
            if address["type"] == "InternalIP" and is_ready(node)
        )

    def start(self, seconds: float = 300) -> float:
        begun = time.monotonic()
        kubectl("delete", "namespace", *self.namespaces, "--ignore-not-found", "--wait=true")
        self._remove_volumes()
        self.export.mkdir()
        kubectl("create", "namespace", self.system)
        kubectl("label", "namespace", self.system, "benchtop.io/test=true")
        self._make_place_for_files()
        command = ["helm", "install", "benchtop", str(CHART), "--namespace", self.system, "--values", "-"]
        run(command, json.dumps(self._values()))
        self._wait_for_rollout(seconds)
        self._relay = PortRelay(self.port, lambda: self._cluster_address("proxy"))
        wait_until(self._serves, 60, f"{self.url}/login to answer", self.evidence)
        self.first_start_seconds = time.monotonic() - begun
        return self.first_start_seconds

    def _make_place_for_files(self) -> None:
        """A folder of the export for the service's replicas; an NFS server does not change owners as Kubernetes asks."""
        self.files.mkdir()
        self.files.chmod(0o777)
        same = {"accessModes": ["ReadWriteMany"], "storageClassName": ""}
        claim = {"namespace": self.system, "name": "files"}
        nfs = {"server": "nfs.test", "path": f"/{self.files.name}"}
        volume = {
            **same,
            "capacity": {"storage": "1Gi"},
            "claimRef": claim,
            "nfs": nfs,
            "persistentVolumeReclaimPolicy": "Retain",
        }
        asked = {**same, "volumeName": self.files.name, "resources": {"requests": {"storage": "1Gi"}}}
        for kind, metadata, spec in (
            ("PersistentVolume", {"name": self.files.name}, volume),
            ("PersistentVolumeClaim", claim, asked),
        ):
            run(
                ["kubectl", "apply", "-f", "-"],
                json.dumps({"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": spec}),
            )

    def _values(self) -> dict:
        images = json.loads(IMAGES.read_text())
        values = {
            "publicUrl": self.url,
            "images": {
                "service": images["service"],
                "proxy": images["proxy"],
                "tools": images["tools"],
                "server": images["cpu"],
                "modelServer": images["model-server"],
                "postgresql": postgres_image(),
            },
            "postgresql": {"enabled": True, "storage": "ephemeral"},
            "service": {
                "files": {"existingClaim": "files"},
                "extraEnv": {"BENCHTOP_SOURCE_NETWORKS": f"{self.source_host}/32"},
            },
            "workspaces": {
                "namespace": self.workspaces,
                "network": {"allowCidrs": [f"{self.source_host}/32"]},
                "homes": {"kind": "nfs", "nfs": {"server": "nfs.test", "path": f"/{self.export.name}"}},
            },
            # Two demos keep two versions each, on a node of two cores.
            "models": {"namespace": self.models, "resources": {"requests": {"cpu": "50m", "memory": "256Mi"}}},
        }
        return merged(values, self.values)

    def _wait_for_rollout(self, seconds: float) -> None:
        for component in ("service", "proxy"):
            kubectl(
                "-n", self.system, "rollout", "status", f"deployment/benchtop-{component}", f"--timeout={seconds:.0f}s"
            )

    def _cluster_address(self, component: str) -> tuple[str, int]:
        service = json.loads(kubectl("-n", self.system, "get", "service", f"benchtop-{component}", "-o", "json"))
        return service["spec"]["clusterIP"], service["spec"]["ports"][0]["port"]

    def _serves(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/login", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def knows_an_administrator(self) -> bool:
        return self._link is not None

    def internal_key(self) -> str:
        keys = json.loads(kubectl("-n", self.system, "get", "secret", "benchtop-keys", "-o", "json"))
        return base64.b64decode(keys["data"]["internal.key"]).decode()

    def sign_in_link(self) -> str:
        host, port = self._pod_address("service"), 8081
        request = urllib.request.Request(
            f"http://{host}:{port}/internal/sign-in-links",
            data=b'{"purpose":"first-admin"}',
            headers={"Authorization": f"Internal {self.internal_key()}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            self._link = self.url + json.load(answer)["path"]
        return self._link

    def pods(self, component: str) -> list[dict]:
        selector = f"app.kubernetes.io/component={component}"
        return json.loads(kubectl("-n", self.system, "get", "pods", "-l", selector, "-o", "json"))["items"]

    def _pod_address(self, component: str) -> str:
        return next(pod["status"]["podIP"] for pod in self.pods(component) if is_ready(pod))

    def kill_service(self):
        """SIGKILL to every replica; returns what tells whether others have taken their places."""
        killed = {pod["metadata"]["uid"] for pod in self.pods("service")}
        selector = "app.kubernetes.io/component=service"
        kubectl("-n", self.system, "delete", "pods", "-l", selector, "--grace-period=1", "--wait=false")

        def restarted() -> bool:
            ready = [pod for pod in self.pods("service") if is_ready(pod)]
            return bool(ready) and not any(pod["metadata"]["uid"] in killed for pod in ready)

        return restarted

    def query(self, sql: str) -> list[list[str]]:
        """Asks the database: rows of texts."""
        asked = 'PGPASSWORD=$(cat /run/secrets/benchtop/database/password) exec psql -h 127.0.0.1 -U benchtop -At -c "$0" benchtop'
        pod = ["-n", self.system, "exec", "statefulset/benchtop-postgresql", "--"]
        return [line.split("|") for line in kubectl(*pod, "sh", "-c", asked, sql).splitlines()]

    def logs(self) -> str:
        """Everything that service and proxy said."""
        selectors = [f"app.kubernetes.io/component={component}" for component in ("service", "proxy")]
        return "\n".join(kubectl("-n", self.system, "logs", "-l", each, "--tail=-1") for each in selectors)

    def places_of_the_token(self, workspace: str, slug: str) -> list[str]:
        """Where a workspace's token is found beside its file, in its pod; see secrets_seen.py."""
        return self._secrets_seen(workspace, f"--file={TOKEN}")

    def places_of(self, secret: str, workspace: str, slug: str) -> list[str]:
        """Where a secret is found that a workspace should not know, in its pod; see secrets_seen.py."""
        return self._secrets_seen(workspace, given=secret)

    def _secrets_seen(self, workspace: str, *arguments: str, given: str = "") -> list[str]:
        python = ["/opt/environment/bin/python", "-c", SECRETS_SEEN.read_text(), *arguments, "/home/benchtop"]
        namespace, workspace_namespace, program, pod, *rest = self._in_pod_of(workspace)
        command = ["kubectl", namespace, workspace_namespace, program, "--stdin", pod, *rest, *python]
        return list(json.loads(run(command, given)))

    def token_of(self, workspace: str) -> str:
        return kubectl(*self._in_pod_of(workspace), "cat", TOKEN).strip()

    def _in_pod_of(self, workspace: str) -> list[str]:
        selector = f"benchtop.io/workspace={workspace}"
        [pod] = kubectl("-n", self.workspaces, "get", "pods", "-l", selector, "-o", "name").split()
        return ["-n", self.workspaces, "exec", pod, "--"]

    def evidence(self) -> str:
        """What the cluster says of this release, for a test that waited in vain."""
        told = []
        for namespace in self.namespaces:
            told.append(kubectl("-n", namespace, "get", "pods", "-o", "wide", check=False))
            told.append(kubectl("-n", namespace, "get", "events", "--sort-by=.lastTimestamp", check=False)[-4000:])
        for component in ("service", "proxy"):
            selector = f"app.kubernetes.io/component={component}"
            told.append(kubectl("-n", self.system, "logs", "-l", selector, "--tail=40", "--prefix", check=False))
        return "\n".join(told)

    def stop(self) -> None:
        if self._relay:
            self._relay.close()
        run(["helm", "uninstall", "benchtop", "--namespace", self.system, "--ignore-not-found"], check=False)
        kubectl("delete", "namespace", *self.namespaces, "--ignore-not-found", "--wait=true", check=False)
        self._remove_volumes()

    def _remove_volumes(self) -> None:
        volumes = [f"{self.workspaces}-benchtop-homes", self.files.name]
        kubectl("delete", "persistentvolume", *volumes, "--ignore-not-found")
        for folder in (self.export, self.files):
            shutil.rmtree(folder, ignore_errors=True)


class PortRelay:
    """Passes connections to a port of this machine on to an address in the cluster, as `kubectl port-forward` does, but to the
    service's own address, so that a pod that goes away takes only its own connections with it."""

    def __init__(self, port: int, address, host: str = "127.0.0.1") -> None:
        self._address = address
        self._listener = socket.create_server((host, port), backlog=100)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        target = self._address()
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(target, timeout=10)
                far.settimeout(None)
            except OSError:
                near.close()
                continue
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=copy, args=(source, sink), daemon=True).start()

    def close(self) -> None:
        self._listener.close()


def copy(source, sink) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        source.close()
        sink.close()


def postgres_image() -> str:
    """The database of the chart's own tests; built and pushed if need be."""
    return run([str(POSTGRES)]).strip()


def is_ready(pod: dict) -> bool:
    conditions = {c["type"]: c["status"] for c in pod["status"].get("conditions", [])}
    return conditions.get("Ready") == "True" and "deletionTimestamp" not in pod["metadata"]


def merged(values: dict, more: dict) -> dict:
    result = dict(values)
    for key, value in more.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def kubectl(*arguments: str, check: bool = True) -> str:
    return run(["kubectl", *arguments], check=check)


def run(command: list[str], stdin: str | None = None, check: bool = True) -> str:
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=400)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout
