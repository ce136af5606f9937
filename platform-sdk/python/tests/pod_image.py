"""An image with a Jupyter of a few lines and a home, run by the tools as a pod runs it."""

import json
import subprocess
import sys

SITE = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
ORDER = {
    "BENCHTOP_URL": "http://benchtop.example",
    "BENCHTOP_USER": "alice",
    "BENCHTOP_SLUG": "exp",
    "BENCHTOP_WORKSPACE": "ws_7kq2m4xw3abc",
    "BENCHTOP_IMAGE": "registry.example/benchtop/cpu:1",
    "BENCHTOP_BASE_URL": "/user/alice/exp/",
    "BENCHTOP_PORT": "8888",
    "BENCHTOP_TOKEN_FILE": "/run/benchtop/server/token",
    "BENCHTOP_IDENTITY_KEY_FILE": "/run/benchtop/server/identity.key",
    "BENCHTOP_SECURE": "true",
    "BENCHTOP_HUB_PREFIX": "/workspaces/",
    "MLFLOW_TRACKING_URI": "http://benchtop.example/mlflow",
    "MLFLOW_TRACKING_AUTH": "benchtop",
    "HOME": "/home/benchtop",
    "JUPYTER_RUNTIME_DIR": "/run/benchtop/run",
}
SHOWS_ITSELF = """
import json, os, sys
shown = {"argv": sys.orig_argv, "env": dict(os.environ)}
shown["as"] = [__name__, sys.argv, sys.path, list(sys.flags), os.getcwd()]
print(json.dumps(shown), flush=True)
"""


class Pod:
    """An image with a Jupyter of a few lines, and a home."""

    def __init__(self, folder, tools):
        self.image = folder / "image"
        self.home = folder / "home"
        self.home.mkdir()
        self.environ = {
            **ORDER,
            "HOME": str(self.home),
            "JUPYTER_RUNTIME_DIR": str(folder / "run"),
            "PATH": f"{self.image / 'bin'}:/usr/bin:/bin",
        }
        self._tools = tools

    def has_jupyter(self, version="2.21.1", program=SHOWS_ITSELF, lab=True):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.image], check=True)
        packages = self.image / SITE
        for package in ("jupyter_server", *(["jupyterlab"] if lab else [])):
            (packages / package).mkdir()
            (packages / package / "__init__.py").touch()
            (packages / package / "__main__.py").write_text(program)
        if version:
            information = packages / f"jupyter_server-{version}.dist-info"
            information.mkdir()
            (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: jupyter_server\nVersion: {version}\n")
        return self

    def start(self, *arguments, output=subprocess.PIPE, **changes):
        environ = {name: value for name, value in {**self.environ, **changes}.items() if value is not None}
        return subprocess.Popen(
            [self._tools / "bin" / "server", *arguments],
            env=environ,
            stdout=output,
            stderr=output,
            text=True,
        )

    def run(self, *arguments, **changes):
        started = self.start(*arguments, **changes)
        out, err = started.communicate(timeout=30)
        return started.returncode, out, err

    def shown(self, **changes):
        code, out, err = self.run(**changes)
        assert code == 0, err
        return json.loads(out)
