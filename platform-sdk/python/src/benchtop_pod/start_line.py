"""The command and the whole environment of the server in a pod, computed without looking at anything.

The flags are those of ``start-line.json``, as in local mode; only what a pod must change is here.
The environment is the image's, in front of which stands what is Benchtop's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchtop_pod.image import Image
from benchtop_pod.order import Order
from benchtop_pod.storage import Storage

_FIRST_FLAG = "--no-browser"


@dataclass(frozen=True)
class StartLine:
    """What the first process starts."""

    argv: tuple[str, ...]
    env: Mapping[str, str]


def compute_start_line(order: Order, image: Image, storage: Storage, tools: Path) -> StartLine:
    """Computes how to start the server.

    Args:
        order: whose server it is.
        image: what runs it.
        storage: where its files are.
        tools: where Benchtop's own files are.
    """
    stock = json.loads((tools / "lib" / "start-line.json").read_text(encoding="utf-8"))["argv"]
    flags = stock[stock.index(_FIRST_FLAG) :]
    # -s: what a person once installed with "pip install --user" must not break the server.
    argv = [str(image.python), "-P", "-s", "-m", image.module, *(_flag(flag, order) for flag in flags)]
    return StartLine(tuple(argv), _environment(order, image, storage, tools))


def _flag(flag: str, order: Order) -> str:
    name = flag.partition("=")[0]
    if name == "--ServerApp.ip":
        return f"{name}=0.0.0.0"
    if name == "--ServerApp.base_url":
        return f"{name}={order.base_url}"
    if name == "--ProxyIdentityProvider.key_file":
        return f"{name}={order.key_file}"
    for placeholder, value in {
        "/user/{user}/{slug}/": order.base_url,
        "{home}": str(order.home),
        "{port}": str(order.port),
        "{secure}": str(order.secure),
        "{workspace}": order.workspace,
    }.items():
        flag = flag.replace(placeholder, value)
    return flag


def _environment(order: Order, image: Image, storage: Storage, tools: Path) -> dict[str, str]:
    given = image.environ
    overlay = [storage.overlay] if storage.overlay else []
    env = {
        "LANG": "C.UTF-8",
        "SHELL": "/bin/sh",
        "JUPYTER_CONFIG_DIR": str(order.home / ".jupyter"),
        **given,
        "USER": order.user,
        "LOGNAME": order.user,
        "PATH": _path([*(place / "bin" for place in overlay), image.python.parent], given.get("PATH", "/usr/bin:/bin")),
        "JUPYTER_PATH": _path(
            [*(place / "share" / "jupyter" for place in overlay), tools / "share" / "jupyter"],
            given.get("JUPYTER_PATH"),
        ),
        "JUPYTER_CONFIG_PATH": _path([tools / "etc" / "jupyter"], given.get("JUPYTER_CONFIG_PATH")),
        "PYTHONPATH": _path([tools / "py"], given.get("PYTHONPATH")),
        "PYTHONSTARTUP": str(tools / "lib" / "startup.py"),
        # The image's libraries first: they fit each other, and the SDK does with newer ones of the few that it needs.
        "JJAVA_CLASSPATH": _path([*_given(given, "JJAVA_CLASSPATH"), tools / "java" / "sdk" / "*.jar"]),
    }
    return env | (_rescued(storage.rescue, order.home, env) if storage.rescue else {})


def _rescued(pod: Path, home: Path, env: Mapping[str, str]) -> dict[str, str]:
    """What JupyterLab and kernels write by themselves goes to the pod; what they only read is still found."""
    return {
        "JUPYTER_CONFIG_DIR": str(pod / "jupyter"),
        "JUPYTER_DATA_DIR": str(pod / "jupyter-data"),
        "JUPYTER_PATH": _path([Path(env["JUPYTER_PATH"]), home / ".local" / "share" / "jupyter"]),
        "IPYTHONDIR": str(pod / "ipython"),
        "XDG_CACHE_HOME": str(pod / "cache"),
    }


def _given(environ: Mapping[str, str], name: str) -> list[Path]:
    return [Path(environ[name])] if environ.get(name) else []


def _path(first: list[Path], rest: str | None = None) -> str:
    return ":".join([*map(str, first), *([rest] if rest else [])])
