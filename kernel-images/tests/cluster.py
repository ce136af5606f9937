"""A real cluster, spoken to with kubectl, and one namespace of the tests' own with Pod Security "restricted"."""

import json
import subprocess
import time
import uuid


class Cluster:
    """One namespace, made and removed."""

    def __init__(self):
        self.namespace = f"images-{uuid.uuid4().hex[:8]}"

    def __enter__(self):
        labels = {"pod-security.kubernetes.io/enforce": "restricted"}
        self.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": self.namespace, "labels": labels}})
        return self

    def __exit__(self, *_):
        self.kubectl("delete", "namespace", self.namespace, "--wait=false")

    def apply(self, *objects):
        content = {"apiVersion": "v1", "kind": "List", "items": list(objects)}
        self.kubectl("apply", "--filename", "-", stdin=json.dumps(content))

    def get(self, kind, name):
        return json.loads(self.kubectl("get", kind, name, "--output", "json"))

    def kubectl(self, *arguments, stdin=None):
        command = ["kubectl", "--namespace", self.namespace, *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def wait_for(self, kind, name, condition, seconds=600):
        """Waits until an object is as wanted, and gives it."""
        deadline = time.monotonic() + seconds
        while not condition(found := self.get(kind, name)):
            assert time.monotonic() < deadline, json.dumps(found["status"], indent=1)
            time.sleep(0.2)
        return found


def is_there():
    """Whether there is a cluster: kubectl and an API server that answers."""
    try:
        return subprocess.run(["kubectl", "get", "--raw", "/readyz"], capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
