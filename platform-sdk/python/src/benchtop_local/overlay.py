"""A Python environment of the workspace's own, over the shared one.

The shared environment runs the server and is the same for all; what a person installs with
``%pip install`` lands in ``DATA/servers/<id>/env`` and comes first, so it can break neither the
server nor another workspace. The overlay is a virtual environment without pip plus one ``.pth``
file that puts the shared packages behind its own. Made anew over the same folder when the shared
environment changed; the person's packages stay. The shared environment may be any Python that runs
a server, so where its packages are is asked of itself.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchtop_local.failure import StartFailed, disk_full, is_disk_full
from benchtop_local.records import write_record

_MARK = "benchtop-overlay.json"
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
_ASK = """
import importlib.util, json, site
print(json.dumps({"packages": site.getsitepackages(), "kernel": importlib.util.find_spec("ipykernel") is not None}))
"""
_KERNEL: dict[str, Any] = {
    "argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "metadata": {"debugger": True},
}


def make_overlay(overlay: Path, python: Path) -> None:
    """Makes the overlay over the environment of an interpreter, unless it is there.

    Args:
        overlay: where it belongs.
        python: the shared environment's ``bin/python``.

    Raises:
        StartFailed: the shared environment is damaged, or the disk is full.
    """
    environment = python.parent.parent
    mark = {"environment": str(environment), "python": _VERSION}
    if _marked(overlay) == mark:
        return
    try:
        # A half-made one may lack anything; making it again over itself keeps what is inside.
        _run(python, "-m", "venv", "--without-pip", str(overlay))
        shared = json.loads(_run(python, "-c", _ASK))
        _lead_to(overlay, environment, shared["packages"])
        _write_kernel(overlay, environment, has_ipykernel=shared["kernel"])
        write_record(overlay / _MARK, mark)
    except (OSError, ValueError, shutil.Error, subprocess.SubprocessError) as error:
        if is_disk_full(error) or "No space left on device" in str(error):
            raise disk_full(overlay) from error
        raise StartFailed("ENVIRONMENT_BROKEN", f"No Python environment could be made in {overlay}: {error}") from error


def _marked(overlay: Path) -> object:
    try:
        return json.loads((overlay / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _run(python: Path, *arguments: str) -> str:
    command = [str(python), "-I", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise subprocess.SubprocessError((done.stderr or done.stdout).strip()[-500:])
    return done.stdout


def _lead_to(overlay: Path, environment: Path, packages: list[str]) -> None:
    # Not bare paths: packages of an image may themselves need .pth files to be found.
    lines = [f"import site; site.addsitedir({folder!r})\n" for folder in packages]
    _write(overlay / "lib" / _VERSION / "site-packages" / "_benchtop_shared.pth", "".join(lines))
    for name in ("pip", "pip3"):
        script = overlay / "bin" / name
        _write(script, '#!/bin/sh\nexec "$(dirname "$0")/python" -m pip "$@"\n')
        script.chmod(0o755)
    settings = environment / "share" / "benchtop" / "pip.conf"
    if settings.exists():
        shutil.copyfile(settings, overlay / "pip.conf")


def _write_kernel(overlay: Path, environment: Path, *, has_ipykernel: bool) -> None:
    shared = environment / "share" / "jupyter" / "kernels" / "python3"
    if (shared / "kernel.json").exists():
        specification = json.loads((shared / "kernel.json").read_text(encoding="utf-8"))
    elif has_ipykernel:
        specification = copy.deepcopy(_KERNEL)
    else:
        return  # whatever Python kernel there is, it is none of this interpreter's
    kernel = overlay / "share" / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True, exist_ok=True)
    for logo in shared.glob("logo-*"):
        shutil.copyfile(logo, kernel / logo.name)
    specification["argv"][0] = str(overlay / "bin" / "python")
    _write(kernel / "kernel.json", json.dumps(specification, indent=1))


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
