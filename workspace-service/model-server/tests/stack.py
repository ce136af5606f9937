"""All of Benchtop on this machine, and what a program of its administrator does to put models behind endpoints."""

import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

# How the browser tests start ./benchtop up and ask it.
from platform_process import Platform, free_port, wait_until
from rest import PASSWORD, Rest, signed_in

ADMIN = "ada"
START = 900
PATIENCE = 120
# Seconds that a version runs on without requests; the usual ten minutes are too long to see it end.
RETENTION = 20


def administrator(platform):
    """The first administrator's way in; on a data folder that knows one already, by the tests' password."""
    if not platform.knows_an_administrator():
        return signed_in(platform.url, platform.sign_in_link(), ADMIN)
    login = json.dumps({"name": ADMIN, "password": PASSWORD}).encode()
    request = urllib.request.Request(platform.url + "/api/v1/login", login, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return Rest(platform.url, json.load(answer)["token"])


class Stack:
    """A running `benchtop up` with gRPC; `api` is its administrator's."""

    def __init__(self, data):
        self.grpc_port = free_port()
        os.environ["BENCHTOP_ENDPOINT_RETENTION"] = f"{RETENTION}s"
        self.platform = Platform(data, grpc_port=self.grpc_port)
        self._promoted = set()
        self.platform.start(START)
        try:
            self.api = administrator(self.platform)
        except BaseException:
            self.close()
            raise

    def close(self):
        """What it promoted goes, too: in a data folder that is used again, it would serve on."""
        try:
            for endpoint in self._promoted:
                self.api.ask(f"/api/v1/endpoints/{endpoint}", method="DELETE")
        finally:
            self.platform.stop()

    @property
    def host(self):
        return f"127.0.0.1:{self.platform.port}"

    # ---- models

    def publish(self, model, files, **asked):
        """The number of a new version of these files, once it is ready; `files` is bytes by path, or their folder."""
        if isinstance(files, Path):
            files = {file.name: file.read_bytes() for file in sorted(files.iterdir()) if file.name != "manifest.json"}
        path = f"/api/v1/models/{model}/versions"
        listed = [
            {"path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ]
        version = self.api.ask(path, {"format": "onnx", "files": listed, **asked})["version"]
        path += f"/{version}"
        for name, content in files.items():
            self._put(f"{path}/files/{name}", content)
        self.api.ask(f"{path}:commit", {})
        seen = {}

        def checked():
            seen.update(self.api.ask(path))
            return seen["state"] in ("READY", "REFUSED")

        wait_until(checked, PATIENCE, f"{model} {version} to be checked", lambda: str(seen))
        assert (seen["state"], seen["servable"]) == ("READY", True), seen
        return version

    def _put(self, path, content):
        headers = {"Authorization": f"Bearer {self.api.token}", "Content-Type": "application/octet-stream"}
        request = urllib.request.Request(self.api.url + path, content, headers, method="PUT")
        try:
            urllib.request.urlopen(request, timeout=60).close()
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"PUT {path}: {refused.code} {refused.read().decode()}") from None

    # ---- endpoints

    def promote(self, endpoint, model, version, *, settings=None, **strategy):
        """Asks for it; `strategy` is `kind=…` and what that kind knows."""
        self._promoted.add(endpoint)
        asked = {"model": model, "version": version, "strategy": strategy or None, "settings": settings}
        return self.api.ask(f"/api/v1/endpoints/{endpoint}:promote", asked)

    def state(self, endpoint):
        return self.api.ask(f"/api/v1/endpoints/{endpoint}")

    def shares(self, endpoint):
        """Percent by version, of those that have any."""
        return {arm["version"]: arm["percent"] for arm in self.state(endpoint)["arms"] if arm["percent"] > 0}

    def wait_for(self, endpoint, shares, seconds=PATIENCE):
        """Waits until this is how the requests are divided."""
        return wait_until(
            lambda: self.shares(endpoint) == shares,
            seconds,
            f"the shares {shares} of {endpoint}",
            lambda: json.dumps(self.state(endpoint), indent=1),
        )

    def token(self, endpoint, client="tests"):
        """A token that opens this endpoint and nothing else."""
        return self.api.ask(f"/api/v1/endpoints/{endpoint}/tokens", {"client": client, "expiresIn": "P1D"})["token"]

    def servers(self, endpoint, version):
        """Process numbers of the model-servers of a version that answer."""
        found = {}
        for arm in (self.platform.data / "model-servers").glob("*/arm.json"):
            for ready in arm.parent.glob("*/ready.json"):
                pid = json.loads(ready.read_text())["pid"]
                try:
                    command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
                except OSError:
                    continue
                if json.loads(arm.read_text())["version"] == version and any(
                    word.startswith(f"{endpoint}=") for word in command
                ):
                    found[ready.parent] = pid
        return list(found.values())


def data_folder(made):
    """BENCHTOP_E2E_DATA names a data folder whose prepared environment is used again; otherwise all starts from nothing."""
    given = os.environ.get("BENCHTOP_E2E_DATA")
    return Path(given) if given else made() / "data"


def eventually(condition, seconds, what):
    """As `wait_until`, more often."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"waited {seconds} s in vain for: {what}"
        time.sleep(0.01)
