"""What `helm test` does: as a user of its own, through the proxy, start a workspace, run a cell in it, clear it away.

Only the standard library and, for the kernel's WebSocket, websocket-client, which every image with jupyter_server has.
Prints a line per step; nothing that it prints is a secret. Whatever it made is removed, also when a step fails.
"""

import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import websocket

PLATFORM = os.environ["BENCHTOP_URL"].rstrip("/")
SERVICE = os.environ["BENCHTOP_SERVICE_URL"].rstrip("/")
CREDENTIALS = Path("/run/secrets/benchtop")
UNITS = {"s": 1, "m": 60, "h": 3600}
STARTED = time.monotonic()


def say(text):
    print(f"{time.monotonic() - STARTED:6.1f} s  {text}", flush=True)


def ask(method, url, authorization=None, body=None):
    """The JSON of an answer; anything but success ends the test with what the platform says."""
    headers = {"Content-Type": "application/json"}
    if authorization:
        headers["Authorization"] = authorization
    data = json.dumps(body).encode() if body is not None else b"" if method in ("POST", "PUT") else None
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read()
            return json.loads(content) if content else None
    except urllib.error.HTTPError as refusal:
        sys.exit(f"{method} {url} was answered with {refusal.code}: {refusal.read(2000).decode(errors='replace')}")


class Token:
    """How the test signs in: a token that somebody gave it, or one of its own that it takes back."""

    def __init__(self):
        given = CREDENTIALS / "token"
        self.id = None
        if given.exists():
            text = given.read_text().strip()
        else:
            key = (CREDENTIALS / "internal.key").read_text().strip()
            made = ask("POST", f"{SERVICE}/internal/trial-tokens", f"Internal {key}")
            self.id, text = made["id"], made["token"]
        self.bearer = f"Bearer {text}"

    def revoke(self):
        if self.id:
            ask("DELETE", f"{PLATFORM}/api/v1/tokens/{self.id}", self.bearer)


def started(token, workspace):
    """The workspace once its server runs; a start that failed ends the test with the reason."""
    text = os.environ["BENCHTOP_START_TIMEOUT"]
    deadline = time.monotonic() + int(text[:-1]) * UNITS[text[-1]] + 60
    seen = None
    while time.monotonic() < deadline:
        workspace = ask("GET", f"{PLATFORM}/api/v1/workspaces/{workspace['id']}", token.bearer)
        state = workspace["state"]
        if state["code"] != seen:
            seen = state["code"]
            say(f"the workspace is {seen}")
        if seen == "RUNNING":
            return workspace
        if seen == "FAILED":
            sys.exit(f"the server did not start: {json.dumps(state, indent=1)}")
        time.sleep(0.5)
    sys.exit(f"the server did not start in time: {json.dumps(workspace['state'], indent=1)}")


def run_cell(token, workspace, code):
    """What a cell in a new Python kernel prints."""
    base = f"{PLATFORM}{workspace['path'].rstrip('/')}"
    kernel = ask("POST", f"{base}/api/kernels", token.bearer, {"name": "python3"})
    say("a kernel runs")
    address = f"ws{base.removeprefix('http')}/api/kernels/{kernel['id']}/channels"
    socket = websocket.create_connection(
        address, header=[f"Authorization: {token.bearer}"], timeout=120, suppress_origin=True
    )
    try:
        asked = uuid.uuid4().hex
        header = {"msg_id": asked, "msg_type": "execute_request", "username": "", "session": asked, "version": "5.3"}
        content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        socket.send(json.dumps(message))
        printed = ""
        while True:
            received = json.loads(socket.recv())
            if received["parent_header"].get("msg_id") != asked:
                continue
            kind, content = received["msg_type"], received["content"]
            if kind == "stream":
                printed += content["text"]
            elif kind == "error":
                sys.exit(f"the cell failed: {content['ename']}: {content['evalue']}")
            elif kind == "status" and content["execution_state"] == "idle":
                return printed
    finally:
        socket.close()


def main():
    token = Token()
    me = ask("GET", f"{PLATFORM}/api/v1/me", token.bearer)
    say(f"signed in as {me['user']['name']}")
    wish = {"displayName": "Installation test", "start": True}
    if os.environ.get("BENCHTOP_PROFILE"):
        wish["profile"] = os.environ["BENCHTOP_PROFILE"]
    workspace = ask("POST", f"{PLATFORM}/api/v1/workspaces", token.bearer, wish)
    try:
        workspace = started(token, workspace)
        printed = run_cell(token, workspace, "print(6 * 7)")
        if printed.strip() != "42":
            sys.exit(f"the cell print(6 * 7) printed {printed!r}")
        say("the cell gave 42")
    finally:
        ask("DELETE", f"{PLATFORM}/api/v1/workspaces/{workspace['id']}?files=delete", token.bearer)
        say("the workspace is gone")
        token.revoke()
    say("all is well")


main()
