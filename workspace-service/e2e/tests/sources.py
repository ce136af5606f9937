"""Real sources of data: PostgreSQL, MariaDB and an S3 server, each with the same orders."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from cluster_platform import PortRelay
from platform_process import REPOSITORY, free_port
from rest import Rest

SERVICE = REPOSITORY / "workspace-service" / "service" / "target"
PASSWORD = "canary-of-the-sources-5d1c"


def java() -> str:
    """As Maven had it, which made the classes."""
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


class Sources:
    """The processes of TestingSources (workspace-service/service/src/test), reached at a host's address."""

    def __init__(self, folder: Path, host: str) -> None:
        self._host = host
        self._relays: list[PortRelay] = []
        class_path = SERVICE / "test-class-path.txt"
        assert class_path.exists(), f"{class_path} is missing: run mvn -Dquick package first"
        libraries = f"{SERVICE / 'test-classes'}:{SERVICE / 'classes'}:{class_path.read_text()}"
        self._log = folder / "sources.log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [java(), "-cp", libraries, "io.benchtop.service.TestingSources", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        # Not as an argument: command lines are looked at for it.
        self._process.stdin.write(PASSWORD + "\n")
        self._process.stdin.flush()
        told = next((line for line in self._process.stdout if line.startswith("{")), None)
        assert told is not None, self._log.read_text()
        self._told = json.loads(told)

    def close(self) -> None:
        for relay in self._relays:
            relay.close()
        self._process.communicate(timeout=60)

    def connect(self, api: Rest) -> None:
        """Registers all, as an administrator does."""
        for kind, name in (("postgresql", "pg"), ("mariadb", "maria")):
            told = self._told[kind]
            settings = {"host": self._host, "tls": "off", "database": told["database"], "user": told["user"]}
            self._register(api, name, kind, {**settings, "port": self._port(told["port"])})
        told = self._told["s3"]
        address = {
            "endpoint": f"http://{self._host}:{self._port(told['port'])}",
            "region": "us-east-1",
            "pathStyle": True,
        }
        self._register(api, "lake", "s3", {**address, "bucket": told["bucket"], "accessKeyId": told["accessKeyId"]})

    def _register(self, api: Rest, name: str, kind: str, settings: dict) -> None:
        made = api.ask("/api/v1/connections", {"name": name, "kind": kind, "settings": settings, "secret": PASSWORD})
        assert PASSWORD not in json.dumps(made)

    def _port(self, port: int) -> int:
        """They listen on loopback only: what is elsewhere reaches them through a relay."""
        if self._host == "127.0.0.1":
            return port
        outside = free_port()
        self._relays.append(PortRelay(outside, lambda: ("127.0.0.1", port), self._host))
        return outside
