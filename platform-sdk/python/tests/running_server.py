"""A real JupyterLab started as the service starts it: start-line.json, launch.json, shim."""

import json
import os
import subprocess
import time
import uuid
from http.client import HTTPConnection
from pathlib import Path

import websocket

import tokens
from scripted_service import free_port

START_LINE = json.loads((Path(__file__).parents[3] / "kernel-images/local/start-line.json").read_text())
WORKSPACE = "ws_7kq2m4xw3abc"
BASE = "/user/alice/exp"


class RunningServer:
    """A server of alice's workspace ``exp`` below a folder, from its start to its end."""

    def __init__(
        self, data, current, service_url="http://127.0.0.1:1", token="case-token", memory=None, processes=None
    ):
        self.directory = data / "servers" / WORKSPACE
        self.home = data / "homes" / "alice" / "exp"
        self.port = free_port()
        values = {
            "{environment}": current["path"],
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
        self._kernels = []
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
        while not self._answers():
            if self.shim.poll() is not None or time.monotonic() > begun + 60:
                raise AssertionError((self.directory / "server.log").read_text())
            time.sleep(0.02)
        self.seconds_to_ready = time.monotonic() - begun
        return self

    def stop(self):
        for kernel in self._kernels:
            kernel.disconnect()
        self._kernels.clear()
        if self.shim is None:
            return None
        self.shim.terminate()
        self.shim.wait(20)
        return json.loads((self.directory / "exit.json").read_text())

    def ask(self, path, method="GET", body=None, identity=None, headers=()):
        """Status, headers and body of an answer; redirects are not followed.

        ``identity`` is a list of header values; by default one right header of an API caller.
        """
        if identity is None:
            identity = [self.identity(amr="api")]
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.putrequest(method, f"{BASE}/{path}")
        data = b"" if body is None else json.dumps(body).encode()
        for name, value in [
            *(("X-Benchtop-Identity", token) for token in identity),
            *headers,
            ("Content-Length", str(len(data))),
        ]:
            connection.putheader(name, value)
        connection.endheaders(data)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), content

    def identity(self, **changes):
        return tokens.mint(tokens.claims(f"workspace:{WORKSPACE}", **changes))

    def connect(self, path, identity=None, origin=None):
        identity = self.identity() if identity is None else identity
        return websocket.create_connection(
            f"ws://127.0.0.1:{self.port}{BASE}/{path}",
            header=[f"X-Benchtop-Identity: {identity}"] if identity else [],
            origin=origin or f"http://127.0.0.1:{self.port}",
            timeout=60,
        )

    def kernel(self, name):
        kernel = Kernel(self, name)
        self._kernels.append(kernel)
        return kernel

    def _answers(self):
        try:
            return self.ask("api", identity=[])[0] == 200
        except OSError:
            return False


class Kernel:
    """A kernel of a running server, spoken to over its WebSocket as a browser does."""

    def __init__(self, server, name):
        status, _, body = server.ask("api/kernels", "POST", {"name": name})
        assert status == 201, body
        self.id = json.loads(body)["id"]
        self._server = server
        self._socket = server.connect(f"api/kernels/{self.id}/channels?session_id=test")

    def run(self, code):
        """Runs a cell and gives what it showed, in order: (kind, text). An error is (``error``, its name and value)."""
        asked = uuid.uuid4().hex
        header = {
            "msg_id": asked,
            "msg_type": "execute_request",
            "username": "alice",
            "session": "test",
            "version": "5.3",
        }
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        self._socket.send(json.dumps(message))
        shown, replied, idle = [], False, False
        while not (replied and idle):
            received = json.loads(self._socket.recv())
            if received["parent_header"].get("msg_id") != asked:
                continue
            kind, content = received["msg_type"], received["content"]
            replied = replied or kind == "execute_reply"
            idle = idle or (kind == "status" and content["execution_state"] == "idle")
            if kind == "stream" and shown and shown[-1][0] == content["name"]:
                shown[-1] = (content["name"], shown[-1][1] + content["text"])  # one print may come in pieces
            elif kind == "stream":
                shown.append((content["name"], content["text"]))
            elif kind in ("execute_result", "display_data"):
                shown += content["data"].items()
            elif kind == "error":
                shown.append(("error", f"{content['ename']}: {content['evalue']}"))
        return shown

    def disconnect(self):
        self._socket.close()

    def close(self):
        self.disconnect()
        self._server.ask(f"api/kernels/{self.id}", "DELETE")


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
