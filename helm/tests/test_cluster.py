"""The chart on a real cluster: it comes up, loses pods, and keeps servers apart."""

import json
import re
import subprocess
import threading
import time
import urllib.parse
import uuid

import chart
import cluster
import pytest
from conftest import missing

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def bench():
    """An installation with two replicas of everything, in namespaces that go when the tests are over."""
    if chart.HELM is None:
        missing("helm is not installed: get it from https://helm.sh/docs/intro/install")
    if lack := cluster.absent():
        missing(lack)
    installation = cluster.Installation(f"helm-test-{uuid.uuid4().hex[:6]}")
    try:
        installation.install()
        yield installation
    finally:
        installation.remove()


@pytest.fixture(scope="module")
def administrator(bench):
    """The cookie of the first administrator, who came by the link that the notes show how to get."""
    # Given: the commands of NOTES.txt, as somebody copies them
    notes = chart.helm("get", "notes", "benchtop", "--namespace", bench.namespace).stdout
    [commands] = re.findall(r"(?m)^  kubectl [^\n]* port-forward service/benchtop-service[\s\S]*?kill \$!$", notes)
    said = subprocess.run(["sh", "-c", commands], capture_output=True, text=True, timeout=60)
    path = json.loads(said.stdout)["path"]
    form = {
        "name": "root",
        "displayName": "Root",
        "password": "correct horse battery",
        "repeated": "correct horse battery",
    }
    status, headers, body = bench.ask(
        path,
        "POST",
        urllib.parse.urlencode(form).encode(),
        Content_Type="application/x-www-form-urlencoded",
        Origin=chart.VALUES["publicUrl"],
    )
    assert status == 303, body
    return headers["Set-Cookie"].partition(";")[0]


def test_two_of_each_are_ready_and_the_sign_in_page_is_there(bench):
    assert len(bench.pods("service")) == 2
    assert len(bench.pods("proxy")) == 2
    status, _, body = bench.ask("/login")
    assert status == 200
    assert "password" in body


def test_a_session_is_good_at_every_replica(bench, administrator):
    for _ in range(20):
        status, _, body = bench.ask("/api/v1/me", Cookie=administrator)
        assert status == 200, body


def test_an_upgrade_keeps_the_keys_and_the_session(bench, administrator):
    # Given
    before = bench.secret("benchtop-keys"), bench.secret("benchtop-database")

    # When
    bench.upgrade("--set", "workspaces.quota=7")

    # Then
    assert (bench.secret("benchtop-keys"), bench.secret("benchtop-database")) == before
    status, _, body = bench.ask("/api/v1/me", Cookie=administrator)
    assert status == 200, body + bench.trouble()


@pytest.mark.parametrize("component", ["proxy", "service"])
def test_people_do_not_notice_that_a_pod_is_replaced(bench, administrator, component):
    # Given: somebody who asks all the time
    answers, stop = [], threading.Event()

    def ask():
        while not stop.is_set():
            status, _, body = bench.ask("/api/v1/me", Cookie=administrator)
            answers.append("" if status == 200 else f"{status} {body}")
            time.sleep(0.05)

    visitor = threading.Thread(target=ask)
    visitor.start()

    # When
    gone = bench.pods(component)[0]["metadata"]["name"]
    bench.kubectl("delete", "pod", gone)
    bench.kubectl("rollout", "status", f"deployment/benchtop-{component}", "--timeout=600s")
    stop.set()
    visitor.join()

    # Then
    assert len(answers) > 3
    assert set(answers) == {""}


@pytest.mark.parametrize("component", ["proxy", "service"])
def test_a_pod_that_is_killed_is_missed_for_seconds_at_most(bench, administrator, component):
    # When
    gone = bench.pods(component)[0]["metadata"]["name"]
    bench.kubectl("delete", "pod", gone, "--grace-period=1", "--wait=false")

    # Then
    cluster.wait_for(lambda: quietly(lambda: bench.ask("/api/v1/me", Cookie=administrator)[0] == 200), 30)
    bench.kubectl("rollout", "status", f"deployment/benchtop-{component}", "--timeout=600s")


@pytest.mark.parametrize(
    ("verb", "resource", "where", "allowed"),
    [
        ("create", "pods", "servers", True),
        ("patch", "pods", "servers", True),
        ("create", "secrets", "servers", True),
        ("get", "secrets", "servers", False),
        ("list", "secrets", "servers", False),
        ("deletecollection", "secrets", "servers", True),
        ("create", "pods/exec", "servers", False),
        ("create", "rolebindings", "servers", False),
        ("create", "deployments.apps", "servers", False),
        ("patch", "deployments.apps", "models", True),
        ("deletecollection", "services", "models", False),
        ("create", "horizontalpodautoscalers.autoscaling", "models", True),
        ("create", "poddisruptionbudgets.policy", "models", True),
        ("patch", "networkpolicies.networking.k8s.io", "models", True),
        ("create", "pods", "models", True),
        ("create", "pods/exec", "models", False),
        ("patch", "secrets", "models", True),
        ("get", "secrets", "models", False),
        ("create", "rolebindings", "models", False),
        ("get", "secrets", "namespace", False),
        ("create", "deployments.apps", "namespace", False),
        ("delete", "networkpolicies.networking.k8s.io", "namespace", False),
        # The folders of an NFS export are made by pods of the release's namespace.
        ("create", "pods", "namespace", True),
        ("create", "pods/exec", "namespace", False),
        ("list", "nodes", "namespace", False),
        ("list", "namespaces", "namespace", False),
    ],
)
def test_s47_the_service_may_do_what_it_must_and_nothing_else(bench, verb, resource, where, allowed):
    account = f"system:serviceaccount:{bench.namespace}:benchtop-service"
    namespace = getattr(bench, where)
    kind, _, subresource = resource.partition("/")
    question = [verb, kind, *([f"--subresource={subresource}"] if subresource else [])]
    said = cluster.run("kubectl", "auth", "can-i", *question, "-n", namespace, "--as", account, check=False)
    assert said.strip() == ("yes" if allowed else "no")


@pytest.mark.parametrize("where", ["servers", "models"])
def test_s47_a_pod_that_could_do_harm_is_refused_among_servers(bench, where):
    run = ["kubectl", "-n", getattr(bench, where), "run", "root", "--image=any", "--privileged"]
    said = subprocess.run(run, capture_output=True, text=True)
    assert said.returncode != 0
    assert 'violates PodSecurity "restricted' in said.stderr


def test_s16_servers_are_kept_apart_and_the_service_says_when_they_are_not(bench, administrator):
    # Given
    cluster.wait_for(lambda: enforced(bench) == {1.0}, otherwise=bench.trouble)
    assert "NOT KEPT APART" not in bench.ask("/api/v1/status", Cookie=administrator)[2]

    # When: somebody takes the policies away
    bench.kubectl("delete", "networkpolicy", "benchtop-servers", "--namespace", bench.servers)
    bench.kubectl("rollout", "restart", "deployment/benchtop-service")
    bench.kubectl("rollout", "status", "deployment/benchtop-service", "--timeout=600s")

    # Then
    said = cluster.wait_for(
        lambda: (
            (status := bench.ask("/api/v1/status", Cookie=administrator)[2]) and "NOT KEPT APART" in status and status
        )
    )
    assert "another server" in said
    assert "the Kubernetes API" in said
    assert enforced(bench) == {0.0}

    # And: a rollback brings them back
    bench.upgrade("--set", "workspaces.quota=8")
    cluster.wait_for(lambda: enforced(bench) == {1.0}, otherwise=bench.trouble)


def test_s16_a_model_server_reaches_the_service_by_its_name_and_nothing_else(bench):
    # Given
    system = f"{bench.namespace}.svc"
    places = {
        "service": f"benchtop-service.{system}/8081",
        "proxy": f"benchtop-proxy.{system}/80",
        "database": f"benchtop-postgresql.{system}/5432",
        "Kubernetes": "kubernetes.default.svc/443",
    }
    wanted = {"service": "open", "proxy": "closed", "database": "closed", "Kubernetes": "closed"}
    # Rules reach a node after the pod, so what is not as it should be yet is tried again for a while.
    tries = [
        f"for round in $(seq 30); do if timeout 3 bash -c '</dev/tcp/{place}'; then said=open; else said=closed; fi;"
        f" if [ $said = {wanted[name]} ]; then break; fi; sleep 1; done; echo {name}=$said"
        for name, place in places.items()
    ]

    # When
    cluster.run("kubectl", "apply", "--filename", "-", text=json.dumps(trying_pod(bench, "; ".join(tries))))
    ended = ["wait", "pod/trying", "--namespace", bench.models, "--for=jsonpath={.status.phase}=Succeeded"]
    cluster.run("kubectl", *ended, "--timeout=600s")
    said = cluster.run("kubectl", "logs", "trying", "--namespace", bench.models)

    # Then
    told = [line for line in said.split() if line.endswith(("=open", "=closed"))]
    assert told == [f"{name}={how}" for name, how in wanted.items()]


def trying_pod(bench, script):
    """A pod in the place of a model server that runs a script of bash."""
    deployment = json.loads(bench.kubectl("get", "deployment", "benchtop-service", "-o", "json"))
    [service] = deployment["spec"]["template"]["spec"]["containers"]
    container = {
        "name": "trying",
        "image": service["image"],
        "command": ["bash", "-c", script],
        "securityContext": service["securityContext"],
    }
    specification = {
        "containers": [container],
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "securityContext": deployment["spec"]["template"]["spec"]["securityContext"],
    }
    metadata = {"name": "trying", "namespace": bench.models}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": specification}


def test_helm_test_starts_a_workspace_and_runs_a_cell(bench, administrator):
    # Given
    if json.loads(bench.ask("/api/v1/status", Cookie=administrator)[2])["spawner"] != "kubernetes":
        pytest.skip("these images start servers as processes, so there is nothing to walk through")

    # When
    done = chart.helm("test", "benchtop", "--namespace", bench.namespace, "--timeout", "10m")

    # Then: its pod is kept if it failed
    journey = bench.kubectl("logs", "benchtop-test", check=False)
    assert done.returncode == 0, done.stdout + done.stderr + journey + bench.trouble()
    assert "Phase:          Failed" not in done.stdout
    cluster.wait_for(lambda: "pod/ws-" not in cluster.run("kubectl", "-n", bench.servers, "get", "pods", "-o", "name"))


def test_s08_no_secret_is_in_logs_or_environments(bench):
    # Given
    secrets = {*bench.secret("benchtop-keys").values(), *bench.secret("benchtop-database").values()}
    clear = {chart.decoded(value).strip() for value in secrets}

    # When
    everything = bench.kubectl("get", "pods,configmaps", "-o", "yaml")
    for component in ("service", "proxy", "postgresql"):
        everything += bench.kubectl("logs", f"--selector=app.kubernetes.io/component={component}", "--tail=-1")

    # Then
    assert not [secret for secret in clear if secret in everything]


def enforced(bench):
    """What each pod says; nothing of one that is still starting."""
    try:
        texts = list(bench.metrics("service"))
    except (OSError, KeyError):
        return {None}
    found = [re.search(r"(?m)^benchtop_network_policy_enforced (\S+)", text) for text in texts]
    return {float(match[1]) if match else None for match in found}


def quietly(condition):
    try:
        return condition()
    except OSError:
        return False
