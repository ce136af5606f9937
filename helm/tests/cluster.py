"""A real cluster with the chart in it; addresses of Services are reached from here, a node of the test cluster."""

import functools
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import chart

IMAGES = Path(os.environ.get("BENCHTOP_TEST_IMAGES", chart.ROOT / "kernel-images" / "target" / "images.json"))
POSTGRES = Path(__file__).parent / "postgres"


def run(*command, text=None, check=True):
    done = subprocess.run(command, capture_output=True, text=True, input=text)
    assert not check or done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def absent():
    """What is missing for these tests, as a sentence, or nothing."""
    if not os.environ.get("KUBECONFIG") or not shutil.which("kubectl"):
        return "no cluster: these tests need kubectl and KUBECONFIG of a cluster that they may fill"
    if not os.environ.get("TEST_REGISTRY") or not shutil.which("buildah"):
        return "no registry: these tests need TEST_REGISTRY, which the nodes reach, and buildah"
    if not os.environ.get("TEST_NFS_EXPORTS"):
        return "no NFS: these tests need TEST_NFS_EXPORTS, the folder that the cluster's stand-in for NFS exports"
    if not IMAGES.exists():
        return f"no images: build and push them with kernel-images/build ({IMAGES} is missing)"
    return None


def postgres_image():
    """PostgreSQL in the test registry; built when its files changed."""
    return run(str(POSTGRES / "image")).strip()


class Installation:
    """The chart, installed in namespaces of its own."""

    def __init__(self, name):
        self.namespace = name
        self.servers = f"{name}-servers"
        self.models = f"{name}-models"
        self.export = Path(os.environ.get("TEST_NFS_EXPORTS", "/nowhere")) / name
        self.arguments = []

    def kubectl(self, *arguments, **options):
        return run("kubectl", "--namespace", self.namespace, *arguments, **options)

    def install(self, *settings):
        images = json.loads(IMAGES.read_text())
        values = {
            "images.service": images["service"],
            "images.proxy": images["proxy"],
            "images.tools": images["tools"],
            "images.server": images["base"],
            "images.modelServer": images["model-server"],
            "images.postgresql": postgres_image(),
            "postgresql.enabled": "true",
            "postgresql.storage": "ephemeral",
            "workspaces.namespace": self.servers,
            "models.namespace": self.models,
            "workspaces.homes.kind": "nfs",
            "workspaces.homes.nfs.server": "nfs.test",
            "workspaces.homes.nfs.path": f"/{self.export.name}",
        }
        self.export.mkdir()
        for key, value in values.items():
            self.arguments += ["--set", f"{key}={value}"]
        self.arguments += settings
        done = chart.helm("install", "benchtop", str(chart.CHART), "--create-namespace", *self.release())
        assert done.returncode == 0, done.stdout + done.stderr + self.trouble()

    def upgrade(self, *settings):
        done = chart.helm("upgrade", "benchtop", str(chart.CHART), *self.release(), *settings)
        assert done.returncode == 0, done.stdout + done.stderr + self.trouble()

    def release(self):
        return ["--namespace", self.namespace, *self.arguments, "--wait", "--timeout", "8m"]

    def remove(self):
        chart.helm("uninstall", "benchtop", "--namespace", self.namespace, "--wait")
        namespaces = [self.namespace, self.servers, self.models]
        run("kubectl", "delete", "namespace", *namespaces, "--ignore-not-found", "--wait=false")
        run(
            "kubectl",
            "delete",
            "persistentvolume",
            f"{self.servers}-benchtop-homes",
            "--ignore-not-found",
            "--wait=false",
        )
        shutil.rmtree(self.export, ignore_errors=True)

    def trouble(self):
        """Why it may not have come up."""
        pods = self.kubectl("get", "pods", "-o", "wide", check=False)
        events = self.kubectl("get", "events", "--sort-by=.lastTimestamp", check=False)
        log = self.kubectl("logs", "--selector=app.kubernetes.io/component=service", "--tail=20", check=False)
        return f"\n{pods}\n{events[-3000:]}\n{log}"

    def pods(self, component):
        found = json.loads(
            self.kubectl("get", "pods", f"--selector=app.kubernetes.io/component={component}", "-o", "json")
        )
        return [pod for pod in found["items"] if "deletionTimestamp" not in pod["metadata"]]

    def secret(self, name):
        return json.loads(self.kubectl("get", "secret", name, "-o", "json"))["data"]

    @functools.cache  # noqa: B019  - an installation lives as long as its tests
    def address(self, service):
        spec = json.loads(self.kubectl("get", "service", service, "-o", "json"))["spec"]
        return f"http://{spec['clusterIP']}:{spec['ports'][0]['port']}"

    def ask(self, path, method="GET", body=None, **headers):
        """Status, headers and body from the proxy, each time over a new connection; redirects are not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address("benchtop-proxy") + path, body, named, method=method)
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()

    def metrics(self, component):
        """The text of each pod's metrics."""
        for pod in self.pods(component):
            with urllib.request.urlopen(f"http://{pod['status']['podIP']}:9090/metrics", timeout=10) as answer:
                yield answer.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def wait_for(condition, seconds=300, otherwise=lambda: "it never came true"):
    """What the condition gives once it gives something; only what hangs takes as long as the bound."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.5)
    return value
