"""The images of the platform's own programs: they start in a pod, with the runtime that was made for them."""

import socket
import subprocess
import time
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException

import pytest

ORDERS = {
    "service": {
        "BENCHTOP_PUBLIC_URL": "http://127.0.0.1:8080",
        "BENCHTOP_SERVICE_PORT": "8081",
        "BENCHTOP_SESSION_COOKIE": "benchtop_session",
        "BENCHTOP_INTERNAL_KEY_FILE": "/run/key/internal.key",
    },
    "proxy": {
        "BENCHTOP_PROXY_LISTEN": "0.0.0.0:8081",
        "BENCHTOP_PROXY_ADMIN_LISTEN": "0.0.0.0:8082",
        "BENCHTOP_SERVICE_URL": "http://127.0.0.1:9",
        "BENCHTOP_PUBLIC_URL": "http://127.0.0.1:8080",
        "BENCHTOP_ALLOWED_HOSTS": "127.0.0.1",
        "BENCHTOP_SESSION_COOKIE": "benchtop_session",
        "BENCHTOP_INTERNAL_KEY_FILE": "/run/key/internal.key",
        "BENCHTOP_PROXY_STATE_FILE": "/var/lib/benchtop/routes.json",
    },
}


@pytest.fixture(params=ORDERS)
def program(request, cluster, images):
    """A pod of one program, and how long it took to answer."""
    name = f"{request.param}-{uuid.uuid4().hex[:8]}"
    key = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}}
    cluster.apply(
        {**key, "stringData": {"internal.key": "a" * 43}}, pod(name, images(request.param), ORDERS[request.param])
    )
    yield name
    cluster.kubectl("delete", "pod", name, "--now", "--wait=false")


def test_answers_in_a_pod_that_may_do_nothing(cluster, program):
    # Given
    cluster.wait_for("pod", program, lambda found: found["status"]["phase"] == "Running")

    # Then
    with forwarded(cluster, program) as port:
        assert wait_for_answer(port) or pytest.fail(cluster.kubectl("logs", program))


def pod(name, image, order):
    security = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    mounts = {"data": "/var/lib/benchtop", "tmp": "/tmp", "key": "/run/key"}
    container = {
        "name": "program",
        "image": image,
        "env": [{"name": variable, "value": value} for variable, value in order.items()],
        "securityContext": security,
        "volumeMounts": [{"name": volume, "mountPath": path} for volume, path in mounts.items()],
    }
    volumes = [{"name": "data", "emptyDir": {}}, {"name": "tmp", "emptyDir": {}}]
    volumes.append({"name": "key", "secret": {"secretName": name, "defaultMode": 0o440}})
    specification = {
        "containers": [container],
        "volumes": volumes,
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "securityContext": {"runAsNonRoot": True, "fsGroup": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
    }
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": specification}


@contextmanager
def forwarded(cluster, name):
    """A port of this machine that leads to the program's, also where it listens on loopback only."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["kubectl", "--namespace", cluster.namespace, "port-forward", f"pod/{name}", f"{port}:8081"]
    forwarding = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        forwarding.terminate()
        forwarding.wait()


def wait_for_answer(port, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/login")
            return connection.getresponse().status
        except (OSError, HTTPException):
            time.sleep(0.5)
        finally:
            connection.close()
    return None
