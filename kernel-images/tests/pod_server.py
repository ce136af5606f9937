"""A workspace's server in a pod as the spawner makes it: tools from an init container, a home, a Secret."""

import json
import time

import tokens
from visitor import BASE, WORKSPACE, Visitor

HOME = "/home/benchtop"
_SECURITY = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}
_SECRET = "/run/benchtop/server"
_ORDER = {
    "BENCHTOP_URL": "http://benchtop.example",
    "BENCHTOP_USER": "alice",
    "BENCHTOP_SLUG": "exp",
    "BENCHTOP_WORKSPACE": WORKSPACE,
    "BENCHTOP_BASE_URL": f"{BASE}/",
    "BENCHTOP_PORT": "8888",
    "BENCHTOP_TOKEN_FILE": f"{_SECRET}/token",
    "BENCHTOP_IDENTITY_KEY_FILE": f"{_SECRET}/identity.key",
    "BENCHTOP_SECURE": "false",
    "BENCHTOP_HUB_PREFIX": "/workspaces/",
    "HOME": HOME,
    "USER": "alice",
    "LOGNAME": "alice",
    "JUPYTER_RUNTIME_DIR": "/run/benchtop/run",
}


class PodServer(Visitor):
    """A server of alice's workspace ``exp`` in a cluster, from its start to its end.

    Args:
        home: the volume of the home; an empty folder by default.
        before: a shell command that is run over the home first.
        writable: whether the server may write the home.
    """

    def __init__(self, cluster, name, image, tools, home=None, before=None, writable=True):
        super().__init__(None, 8888)
        self.name = name
        self._cluster = cluster
        self._objects = [_secret(name), _pod(name, image, tools, home or {"emptyDir": {}}, before, writable)]

    def start(self):
        begun = time.monotonic()
        self._cluster.apply(*self._objects)
        pod = self._cluster.wait_for("pod", self.name, lambda pod: _is_ready(pod) or _has_ended(pod))
        assert _is_ready(pod), self.log()
        self.host = pod["status"]["podIP"]
        self.seconds_to_ready = time.monotonic() - begun
        return self

    def fails(self):
        """Starts a server that cannot run; its exit code and last words."""
        self._cluster.apply(*self._objects)
        return self._ended()

    def stop(self):
        """Ends the server as the cluster does; its exit code and last words."""
        self.leave()
        # Deleted, a pod could not be looked at any more: ask the first process as the kubelet would.
        self.run("/bin/sh", "-c", "kill -TERM 1")
        return self._ended()

    def run(self, *command):
        """Runs a program beside the server, and gives what it wrote."""
        return self._cluster.kubectl("exec", self.name, "--container", "server", "--", *command)

    def log(self):
        return self._cluster.kubectl("logs", self.name, "--container", "server")

    def remove(self):
        self.leave()
        self._cluster.kubectl("delete", "pod", self.name, "--ignore-not-found", "--now", "--wait=false")

    def _ended(self):
        pod = self._cluster.wait_for("pod", self.name, _has_ended)
        ending = pod["status"]["containerStatuses"][0]["state"]["terminated"]
        return ending["exitCode"], ending.get("message", "")


class WarmServer(PodServer):
    """One that is started before it is known that it will be alice's."""

    def __init__(self, cluster, name, image, tools):
        super().__init__(cluster, name, image, tools)
        server = self._objects[1]["spec"]["containers"][0]
        persons = ("BENCHTOP_USER", "BENCHTOP_SLUG", "BENCHTOP_BASE_URL", "USER", "LOGNAME")
        server["env"] = [variable for variable in server["env"] if variable["name"] not in persons]
        server["env"].append({"name": "BENCHTOP_CLAIM_FILE", "value": f"{_SECRET}/claim.json"})
        started = {"command": ["/bin/sh", "-c", "test -e /run/benchtop/run/warm"]}
        server["startupProbe"] = {"exec": started, "periodSeconds": 1, "failureThreshold": 3600}
        server["readinessProbe"] = {"httpGet": {"path": "/benchtop/ready", "port": 8888}, "periodSeconds": 1}

    def warm(self):
        begun = time.monotonic()
        self._cluster.apply(*self._objects)
        self._cluster.wait_for("pod", self.name, _is_started)
        self.seconds_to_warm = time.monotonic() - begun
        return self

    def claim(self):
        """As the spawner claims it: the Secret, and a change of the pod, at which the node looks at the Secret."""
        claim = {"user": "alice", "slug": "exp", "baseUrl": f"{BASE}/"}
        begun = time.monotonic()
        self._patch("secret", {"stringData": {"claim.json": json.dumps(claim)}})
        self._patch("pod", {"metadata": {"annotations": {"benchtop.io/claimed": "now"}}})
        pod = self._cluster.wait_for("pod", self.name, lambda pod: _is_ready(pod) or _has_ended(pod))
        assert _is_ready(pod), self.log()
        self.host = pod["status"]["podIP"]
        self.seconds_to_ready = time.monotonic() - begun
        return self

    def _patch(self, kind, change):
        self._cluster.kubectl("patch", kind, self.name, "--type", "merge", "--patch", json.dumps(change))


def _is_started(pod):
    return any(status["started"] for status in pod["status"].get("containerStatuses", []))


def _is_ready(pod):
    return any(status["ready"] for status in pod["status"].get("containerStatuses", []))


def _has_ended(pod):
    return any("terminated" in status["state"] for status in pod["status"].get("containerStatuses", []))


def _secret(name):
    content = {"identity.key": tokens.encode(tokens.KEY), "token": "case-token"}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name}, "stringData": content}


def _pod(name, image, tools, home, before, writable):
    home_mount, tools_folder = {"name": "home", "mountPath": HOME}, "/opt/benchtop"
    temporary = [{"name": "tmp", "mountPath": "/tmp"}, {"name": "run", "mountPath": "/run/benchtop/run"}]
    install = {
        "name": "tools",
        "image": tools,
        "command": ["/opt/benchtop-tools/install", tools_folder],
        "securityContext": _SECURITY,
        "volumeMounts": [{"name": "tools", "mountPath": tools_folder}],
    }
    prepare = {
        "name": "before",
        "image": image,
        "command": ["/bin/sh", "-c", before],
        "securityContext": _SECURITY,
        "volumeMounts": [home_mount],
    }
    server = {
        "name": "server",
        "image": image,
        "command": [f"{tools_folder}/bin/server"],
        "env": [{"name": variable, "value": value} for variable, value in _ORDER.items()],
        "securityContext": _SECURITY,
        "readinessProbe": {"httpGet": {"path": f"{BASE}/api", "port": 8888}, "periodSeconds": 1},
        "volumeMounts": [
            {**home_mount, "readOnly": not writable},
            *temporary,
            {"name": "tools", "mountPath": tools_folder, "readOnly": True},
            {"name": "secret", "mountPath": "/run/benchtop/server", "readOnly": True},
        ],
    }
    volumes = [{"name": each, "emptyDir": {}} for each in ("tools", "tmp", "run")]
    volumes += [{"name": "home", **home}, {"name": "secret", "secret": {"secretName": name, "defaultMode": 0o440}}]
    specification = {
        "initContainers": [install, *([prepare] if before else [])],
        "containers": [server],
        "volumes": volumes,
        "restartPolicy": "Never",
        "enableServiceLinks": False,
        "automountServiceAccountToken": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 1000,
            "runAsGroup": 100,
            "fsGroup": 100,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
    }
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": specification}
