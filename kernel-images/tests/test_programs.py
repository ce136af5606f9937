"""The images of the platform's own programs: they start in a pod, with the runtime that was made for them."""

import uuid

import pytest

from running_server import wait_for

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
    """The name of a pod of one program that runs."""
    name = f"{request.param}-{uuid.uuid4().hex[:8]}"
    key = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}}
    cluster.apply(
        {**key, "stringData": {"internal.key": "a" * 43}}, pod(name, images(request.param), ORDERS[request.param])
    )
    cluster.wait_for("pod", name, lambda found: found["status"]["phase"] == "Running")
    yield name
    cluster.kubectl("delete", "pod", name, "--now", "--wait=false")


def test_is_ready_in_a_pod_that_may_do_nothing(cluster, program):
    wait_for(lambda: "ready url=" in cluster.kubectl("logs", program, "--ignore-errors"), seconds=300)


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
