"""What the container's image brings: an interpreter, and which Jupyter it has."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchtop_local.failure import StartFailed

OLDEST_SERVER = 2


@dataclass(frozen=True)
class Image:
    """The environment that the image's own Jupyter would run in.

    Attributes:
        python: the interpreter that has jupyter_server: the one that runs this.
        module: what to run with ``python -m``.
        environ: the variables that the image, the profile and the spawner set.
    """

    python: Path
    module: str
    environ: Mapping[str, str]


def read_image(environ: Mapping[str, str]) -> Image:
    """Looks at the image.

    Raises:
        StartFailed: it cannot run a workspace; the sentence says what is missing.
    """
    _check_server(_version("jupyter_server"))
    has_lab = importlib.util.find_spec("jupyterlab") is not None
    return Image(Path(sys.executable), "jupyterlab" if has_lab else "jupyter_server", environ)


def describe_image(image: Image) -> dict[str, Any]:
    """What an administrator is told who adds the image to a profile."""
    return {
        "python": platform.python_version(),
        "interpreter": str(image.python),
        "jupyterServer": _version("jupyter_server"),
        "jupyterLab": _version("jupyterlab"),
        "kernels": _kernels(),
    }


def _kernels() -> list[str]:
    try:
        from jupyter_client.kernelspec import KernelSpecManager
    except ImportError:
        return []
    return sorted(KernelSpecManager().find_kernel_specs())


def _version(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def _check_server(version: str | None) -> None:
    if version is None:
        raise StartFailed(
            "ENVIRONMENT_BROKEN",
            f"{sys.executable} has no jupyter_server. Install jupyter_server {OLDEST_SERVER} or newer in the image, "
            "or choose another image for the profile.",
        )
    major = re.match(r"\d+", version)
    if major is None or int(major[0]) < OLDEST_SERVER:
        raise StartFailed(
            "ENVIRONMENT_BROKEN",
            f"This image has jupyter_server {version}; a workspace needs {OLDEST_SERVER} or newer. "
            "Choose another image for the profile.",
        )
