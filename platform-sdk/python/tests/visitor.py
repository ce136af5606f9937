"""Speaks with a workspace's server as the proxy does: signed requests, and kernels over WebSockets."""

import json
import uuid
from http.client import HTTPConnection

import websocket

import tokens

WORKSPACE = "ws_7kq2m4xw3abc"
BASE = "/user/alice/exp"


class Visitor:
    """One who comes to the server of alice's workspace ``exp``, wherever it listens."""

    def __init__(self, host, port):
        self.host = host
        self.port = port
        self._kernels = []

    def ask(self, path, method="GET", body=None, identity=None, headers=()):
        """Status, headers and body of an answer; redirects are not followed.

        ``identity`` is a list of header values; by default one right header of an API caller.
        """
        if identity is None:
            identity = [self.identity(amr="api")]
        connection = HTTPConnection(self.host, self.port)
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
            f"ws://{self.host}:{self.port}{BASE}/{path}",
            header=[f"X-Benchtop-Identity: {identity}"] if identity else [],
            origin=origin or f"http://{self.host}:{self.port}",
            timeout=60,
        )

    def kernel(self, name):
        kernel = Kernel(self, name)
        self._kernels.append(kernel)
        return kernel

    def leave(self):
        for kernel in self._kernels:
            kernel.disconnect()
        self._kernels.clear()

    def answers(self):
        """Whether the server is there."""
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
