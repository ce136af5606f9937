"""`./benchtop up` as a person starts it: one process in the foreground, watched line by line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
SECRETS_SEEN = Path(__file__).with_name("secrets_seen.py")
LINK = re.compile(r"(http://\S+/login/link/\S+)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds: float, what: str, evidence=lambda: ""):
    """Polls until the condition gives something true and returns it; fails with `what` and the evidence of that moment."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds:.0f} s in vain for: {what}\n{evidence()}")


def processes_of(data: Path) -> list[str]:
    """Every process whose command line or environment names the data folder, except this test run itself."""
    needle = str(data).encode()
    ours = b"BENCHTOP_E2E_DATA=" + needle
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes()
            environment = (entry / "environ").read_bytes().split(bytes(1))
            if ours not in environment and (needle in command or any(needle in value for value in environment)):
                found.append(f"{entry.name} {command.replace(bytes(1), b' ').decode(errors='replace')[:160]}")
        except OSError:
            continue
    return found


def resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"process {pid} has no VmRSS")


class Platform:
    """One data folder and, while started, the `benchtop up` that serves it."""

    def __init__(self, data: Path, port: int | None = None, grpc_port: int | None = None) -> None:
        self.data = data
        self.port = port or free_port()
        self.grpc_port = grpc_port
        self.lines: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self.first_start_seconds: float | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def source_host(self) -> str:
        """Where sources of data on this machine are reached from the service and from workspaces."""
        return "127.0.0.1"

    def start(self, seconds: float = 900) -> float:
        """Starts and waits until people can sign in; returns how long that took in seconds."""
        self.lines = []
        begun = time.monotonic()
        grpc = [] if self.grpc_port is None else ["--grpc-port", str(self.grpc_port)]
        self.process = subprocess.Popen(
            [str(REPOSITORY / "benchtop"), "up", "--data", str(self.data), "--port", str(self.port), *grpc],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            env={**os.environ, "BENCHTOP_SOURCE_NETWORKS": f"{self.source_host}/32"},
        )
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()

        def serving() -> bool:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError("benchtop up ended:\n" + self._last_lines())
            try:
                with urllib.request.urlopen(self.url + "/login", timeout=2) as answer:
                    return answer.status == 200
            except OSError:
                return False

        wait_until(serving, seconds, f"{self.url}/login to answer", self._last_lines)
        took = time.monotonic() - begun
        self.first_start_seconds = self.first_start_seconds or took
        return took

    def _last_lines(self) -> str:
        return "\n".join(self.lines[-40:])

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip("\n"))

    def sign_in_link(self) -> str:
        def link():
            return next((m.group(1) for m in map(LINK.search, self.lines) if m), None)

        return wait_until(link, 20, "a sign-in link among what was printed", self._last_lines)

    def pids(self) -> dict[str, int]:
        """supervisorPid, servicePid and proxyPid."""
        state = json.loads((self.data / "run" / "up.json").read_text())
        return {key: value for key, value in state.items() if key.endswith("Pid")}

    def kill_service(self):
        """kill -9; returns what tells whether another one has taken its place."""
        killed = self.pids()["servicePid"]
        os.kill(killed, signal.SIGKILL)
        return lambda: self.pids()["servicePid"] != killed

    def query(self, sql: str) -> list[list[str]]:
        """Asks the database, as its file is at this moment: rows of texts."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(self.data / "db" / "benchtop.mv.db", folder)
            [h2] = (REPOSITORY / "target" / "run" / "service" / "lib").glob("h2-*.jar")
            url = f"jdbc:h2:file:{folder}/benchtop;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;ACCESS_MODE_DATA=r"
            shell = ["java", "-cp", str(h2), "org.h2.tools.Shell", "-url", url, "-user", "benchtop", "-sql", sql]
            done = subprocess.run(shell, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return [[value.strip() for value in line.split("|")] for line in done.stdout.splitlines()[1:-1]]

    def logs(self) -> str:
        """Everything that service and proxy said, on the terminal and in files."""
        files = sorted(path for path in (self.data / "log").rglob("*") if path.is_file())
        return "\n".join([*self.lines, *(file.read_text(errors="replace") for file in files)])

    def places_of_the_token(self, workspace: str, slug: str) -> list[str]:
        """Where a workspace's token is found beside its file; see secrets_seen.py."""
        return self._secrets_seen(workspace, slug, f"--file={self.data / 'servers' / workspace / 'token'}")

    def places_of(self, secret: str, workspace: str, slug: str) -> list[str]:
        """Where a secret is found that a workspace should not know; see secrets_seen.py."""
        return self._secrets_seen(workspace, slug, given=secret)

    def _secrets_seen(self, workspace: str, slug: str, *arguments: str, given: str = "") -> list[str]:
        server, home = self.data / "servers" / workspace, self.data / "homes" / "ada" / slug
        command = [sys.executable, str(SECRETS_SEEN), *arguments, str(server), str(home)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    def token_of(self, workspace: str) -> str:
        return (self.data / "servers" / workspace / "token").read_text().strip()

    def knows_an_administrator(self) -> bool:
        return not any("/login/link/" in line for line in self.lines)

    def stop(self, with_signal: int = signal.SIGINT) -> float:
        """Ctrl-C; returns how long it took in seconds."""
        if self.process is None:
            return 0.0
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
            self.process.wait(60)
        self.process = None
        return time.monotonic() - begun
