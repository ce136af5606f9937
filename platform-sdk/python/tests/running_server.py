"""A real JupyterLab started as the service starts it: start-line.json, launch.json, shim."""

import json
import os
import subprocess
import time
from pathlib import Path

import tokens
from scripted_service import free_port
from visitor import WORKSPACE, Visitor

START_LINE = json.loads((Path(__file__).parents[3] / "kernel-images/local/start-line.json").read_text())


class RunningServer(Visitor):
    """A server of alice's workspace ``exp`` below a folder, from its start to its end."""

    def __init__(
        self, data, current, service_url="http://127.0.0.1:1", token="case-token", memory=None, processes=None
    ):
        super().__init__("127.0.0.1", free_port())
        self.directory = data / "servers" / WORKSPACE
        self.home = data / "homes" / "alice" / "exp"
        values = {
            "{environment}": current["path"],
            "{image}": Path(current["path"]).name,
            "{server}": str(self.directory),
            "{home}": str(self.home),
            "{user}": "alice",
            "{slug}": "exp",
            "{workspace}": WORKSPACE,
            "{port}": str(self.port),
            "{secure}": "False",
            "{publicUrl}": service_url,
            "{java}": current["java"],
            "{shell}": "/bin/sh",
        }
        self.argv = filled(START_LINE["argv"], values)
        self.env = filled(START_LINE["env"], values)
        self.shim = None
        self.directory.mkdir(parents=True, exist_ok=True)
        (self.directory / "identity.key").write_text(tokens.encode(tokens.KEY) + "\n")
        (self.directory / "token").write_text(token)
        launch = filled(START_LINE["launch"], values)
        self._shim = launch.pop("shim")
        order = {"workspaceId": WORKSPACE, "argv": self.argv, "env": self.env, "home": str(self.home), **launch}
        order |= {"memoryBytes": memory, "processes": processes, "generation": 1}
        (self.directory / "launch.json").write_text(json.dumps(order))

    def start(self):
        begun = time.monotonic()
        self.shim = subprocess.Popen(self._shim, env={"PATH": "/usr/bin:/bin", "SECRET_OF_THE_SERVICE": "canary"})
        while not self.answers():
            if self.shim.poll() is not None or time.monotonic() > begun + 60:
                raise AssertionError((self.directory / "server.log").read_text())
            time.sleep(0.02)
        self.seconds_to_ready = time.monotonic() - begun
        return self

    def stop(self):
        self.leave()
        if self.shim is None:
            return None
        self.shim.terminate()
        self.shim.wait(20)
        return json.loads((self.directory / "exit.json").read_text())


def filled(template, values):
    if isinstance(template, dict):
        return {name: filled(value, values) for name, value in template.items()}
    if isinstance(template, list):
        return [filled(value, values) for value in template]
    for name, value in values.items():
        template = template.replace(name, value)
    return template


def alive(pid):
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def environment_of(pid):
    pairs = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return dict(os.fsdecode(pair).split("=", 1) for pair in pairs if pair)


def wait_for(condition, seconds=20):
    """Waits until a condition holds, and gives what it gave."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)
    return value
