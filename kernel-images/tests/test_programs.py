"""The images of the platform's own programs: they start in a pod, with the runtime that was made for them."""

import base64
import os
import uuid

import pytest

from building.catalogue import ROOT
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
    folders = {
        "/var/lib/benchtop": {"emptyDir": {}},
        "/run/key": {"secret": {"secretName": name, "defaultMode": 0o440}},
    }
    started = pod(name, images(request.param), ORDERS[request.param], folders)
    cluster.apply({**key, "stringData": {"internal.key": "a" * 43}}, started)
    cluster.wait_for("pod", name, lambda found: found["status"]["phase"] == "Running")
    yield name
    cluster.kubectl("delete", "pod", name, "--now", "--wait=false")


def test_is_ready_in_a_pod_that_may_do_nothing(cluster, program):
    wait_for(lambda: "ready url=" in cluster.kubectl("logs", program, "--ignore-errors"), seconds=300)


# The one for GPUs takes several GB and minutes, where it is not in the registry already, and needs mvn -Pgpu package.
MODEL_SERVERS = ["model-server", *(["model-server-gpu"] if os.environ.get("BENCHTOP_TEST_GPU") == "true" else [])]
MODELS = ROOT / "workspace-service" / "model-server" / "src" / "test" / "resources"


@pytest.mark.parametrize("image", MODEL_SERVERS)
@pytest.mark.parametrize("model", ["models/iris", "torchscript/flower"])
def test_serves_a_model_in_a_pod_that_may_do_nothing_and_starts_from_what_its_image_remembers(
    cluster, images, model, image
):
    # Given
    name = f"model-server-{uuid.uuid4().hex[:8]}"
    files = {file.name: base64.b64encode(file.read_bytes()).decode() for file in (MODELS / model).iterdir()}
    order = {"JDK_JAVA_OPTIONS": "-XX:AOTMode=on"}
    made = pod(name, images(image), order, {"/model": {"configMap": {"name": name}}})
    [container] = made["spec"]["containers"]
    # In a folder of a ConfigMap every file is a link, which the model server does not follow.
    tmp, folder = container["volumeMounts"]
    paths = [{**folder, "mountPath": f"/model/{file}", "subPath": file} for file in files]
    container["volumeMounts"] = [tmp, *paths]
    ports = {"http": 8080, "grpc": 8081, "admin": 8082}
    container["args"] = ["serve", "--model", "flowers=/model", "--bind", "0.0.0.0", "--device", "auto"]
    container["args"] += [word for port, number in ports.items() for word in (f"--{port}-port", str(number))]
    container["readinessProbe"] = {"httpGet": {"path": "/health/ready", "port": ports["admin"]}, "periodSeconds": 1}
    files = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "binaryData": files}

    # When: a cache of classes that does not fit would end it
    cluster.apply(files, made)

    # Then
    cluster.wait_for("pod", name, lambda found: is_ready(found) or found["status"]["phase"] == "Failed")
    assert "loaded model=flowers" in cluster.kubectl("logs", name)
    cluster.kubectl("delete", "pod", name, "--now", "--wait=false")


def is_ready(found):
    return any(each["type"] == "Ready" and each["status"] == "True" for each in found["status"].get("conditions", []))


def pod(name, image, order, folders):
    """A pod of one container that may write in /tmp; the other folders are named by their paths."""
    security = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    mounts = {"/tmp": {"emptyDir": {}}, **folders}
    names = {path: path.strip("/").replace("/", "-") for path in mounts}
    container = {
        "name": "program",
        "image": image,
        "env": [{"name": variable, "value": value} for variable, value in order.items()],
        "securityContext": security,
        "volumeMounts": [{"name": names[path], "mountPath": path} for path in mounts],
    }
    specification = {
        "containers": [container],
        "volumes": [{"name": names[path], **source} for path, source in mounts.items()],
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "securityContext": {"runAsNonRoot": True, "fsGroup": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
    }
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": specification}
