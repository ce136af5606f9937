"""A server folder driven through the shim, with shell scripts in the place of JupyterLab."""

import json
import os
import subprocess
import sys
from pathlib import Path

from running_server import alive, wait_for

WORKSPACE = "ws_testtesttest"
FOREVER = "while :; do sleep 0.05; done"


class ShimServer:
    """One server folder, and whatever was started in it."""

    def __init__(self, directory, shim):
        self.directory = directory
        self.home = directory / "home"
        self._shim = shim
        self._started = []

    def launch(self, script, wait=True, **changes):
        """Starts a shell script as the server; gives the guard's process."""
        order = {
            "workspaceId": WORKSPACE,
            "argv": ["/bin/sh", "-c", script],
            "env": {
                "PATH": os.environ["PATH"],
                "BENCHTOP_WORKSPACE": WORKSPACE,
                "JUPYTER_RUNTIME_DIR": str(self.directory),
            },
            "cwd": str(self.home),
            "home": str(self.home),
            "memoryBytes": None,
            "processes": None,
            "overlay": None,
            "template": None,
            "generation": 7,
        }
        self.directory.mkdir(exist_ok=True)
        (self.directory / "launch.json").write_text(json.dumps({**order, **changes}))
        guard = self.run_shim()
        if wait:
            guard.wait(30)
        return guard

    def run_shim(self, **settings):
        guard = subprocess.Popen(
            [sys.executable, "-I", str(self._shim), str(self.directory)], stderr=subprocess.PIPE, text=True, **settings
        )
        self._started.append(guard)
        return guard

    def running(self):
        """server.json, once it is there."""
        wait_for((self.directory / "server.json").exists)
        return json.loads((self.directory / "server.json").read_text())

    def ended(self):
        return json.loads((self.directory / "exit.json").read_text())

    def log(self):
        return (self.directory / "server.log").read_text()

    def keeper(self):
        return int(Path(f"/proc/{self.running()['pid']}/stat").read_text().rpartition(")")[2].split()[1])

    def left(self):
        """Processes that carry this server's mark, zombies left out."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                mine = str(self.directory).encode() in (process / "environ").read_bytes()
            except OSError:
                continue
            if mine and alive(process.name):
                found.append(process.name)
        return found

    def clean(self):
        for guard in self._started:
            if guard.poll() is None:
                guard.terminate()
                guard.wait(20)
            guard.stderr.close()
