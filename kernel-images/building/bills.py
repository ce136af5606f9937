"""Bills of materials of the images, and the environment of the program that writes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from building.engine import Engine
from building.failure import BuildFailed

_HERE = Path(__file__).resolve().parent
_LOCK = _HERE / "sbom.lock"


def write_bill(engine: Engine, name: str, reference: str, folder: Path) -> None:
    """Writes ``FOLDER/<name>-<tag>.cdx.json`` unless it is there; an image that is not here is pulled.

    Raises:
        BuildFailed: its tool could not be installed, or it failed.
    """
    output = folder / f"{name}-{reference.rpartition(':')[2]}.cdx.json"
    if output.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    python = _tool(folder / ".tool")
    with engine.unpacked(reference) as root:
        _run([python, str(_HERE / "sbom.py"), str(root), name, reference, str(output)], f"writing {output}")


def _tool(environment: Path) -> str:
    python = environment / "bin" / "python"
    ready = environment / _LOCK.name
    if not ready.exists() or ready.read_bytes() != _LOCK.read_bytes():
        _run([sys.executable, "-m", "venv", "--clear", str(environment)], f"making {environment}")
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        _run([str(python), *install, "--requirement", str(_LOCK)], "installing cyclonedx-python-lib")
        ready.write_bytes(_LOCK.read_bytes())
    return str(python)


def _run(command: list[str], doing: str) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        raise BuildFailed(f"Failed while {doing}; what failed is above.")
