"""The interpreter of a server that nobody has claimed yet: reads what takes long, and waits to hear whose it is.

A program of its own, started with the server's flags: what becomes the server has none of the launcher in it.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

# In the runtime folder; its being there tells the cluster that all is read.
WARM = "warm"

_SERVERS = {"jupyterlab": "jupyterlab.labapp", "jupyter_server": "jupyter_server.serverapp"}
_OURS = ("provider", "authorizer", "activity", "hub", "ready")


def main(module: str) -> None:
    """Becomes ``python -m module`` with the arguments, environment and folder that come by standard input."""
    _read_ahead(module)
    (Path(os.environ["JUPYTER_RUNTIME_DIR"]) / WARM).touch()
    order = sys.stdin.buffer.read()
    if not order:
        return  # whoever would have given it is gone
    told = json.loads(order)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    os.environ.clear()
    os.environ.update(told["env"])
    os.chdir(told["cwd"])
    sys.argv[1:] = told["arguments"]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _read_ahead(module: str) -> None:
    """What cannot be read now is told by the server when it needs it."""
    for name in _modules(module):
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def _modules(module: str) -> Iterator[str]:
    yield _SERVERS[module]
    yield from (f"benchtop_server.{name}" for name in _OURS)
    with contextlib.suppress(Exception):
        from jupyter_server.serverapp import JUPYTER_SERVICE_HANDLERS

        yield from (name for names in JUPYTER_SERVICE_HANDLERS.values() for name in names or ())
    with contextlib.suppress(Exception):
        from jupyter_core.paths import jupyter_config_path
        from jupyter_server.extension.config import ExtensionConfigManager

        settings = ExtensionConfigManager(read_config_path=jupyter_config_path())
        yield from (name for name, enabled in settings.get_jpserver_extensions().items() if enabled)


if __name__ == "__main__":
    main(sys.argv[1])
