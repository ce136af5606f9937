"""A Python environment of the workspace's own, over the shared one.

The shared environment runs the server and is the same for all; what a person installs with
``%pip install`` lands in ``DATA/servers/<id>/env`` and comes first, so it can break neither the
server nor another workspace. The overlay is a virtual environment without pip plus one ``.pth``
line that puts the shared packages behind its own. Made anew over the same folder when the shared
environment changed; the person's packages stay.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchtop_local.failure import StartFailed, disk_full, is_disk_full
from benchtop_local.records import write_record

_MARK = "benchtop-overlay.json"
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"


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
        _make_environment(overlay, python)
        _lead_to(overlay, environment)
        _write_kernel(overlay, environment)
        write_record(overlay / _MARK, mark)
    except (OSError, shutil.Error, subprocess.SubprocessError) as error:
        if is_disk_full(error) or "No space left on device" in str(error):
            raise disk_full(overlay) from error
        raise StartFailed("ENVIRONMENT_BROKEN", f"No Python environment could be made in {overlay}: {error}") from error


def _marked(overlay: Path) -> object:
    try:
        return json.loads((overlay / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _make_environment(overlay: Path, python: Path) -> None:
    command = [str(python), "-I", "-m", "venv", "--without-pip", str(overlay)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode != 0:
        raise subprocess.SubprocessError((done.stderr or done.stdout).strip()[-500:])


def _lead_to(overlay: Path, environment: Path) -> None:
    shared = environment / "lib" / _VERSION / "site-packages"
    _write(overlay / "lib" / _VERSION / "site-packages" / "_benchtop_shared.pth", f"{shared}\n")
    for name in ("pip", "pip3"):
        script = overlay / "bin" / name
        _write(script, '#!/bin/sh\nexec "$(dirname "$0")/python" -m pip "$@"\n')
        script.chmod(0o755)
    settings = environment / "share" / "benchtop" / "pip.conf"
    if settings.exists():
        shutil.copyfile(settings, overlay / "pip.conf")


def _write_kernel(overlay: Path, environment: Path) -> None:
    kernel = overlay / "share" / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True, exist_ok=True)
    shared = environment / "share" / "jupyter" / "kernels" / "python3"
    for logo in shared.glob("logo-*"):
        shutil.copyfile(logo, kernel / logo.name)
    specification = json.loads((shared / "kernel.json").read_text(encoding="utf-8"))
    specification["argv"][0] = str(overlay / "bin" / "python")
    _write(kernel / "kernel.json", json.dumps(specification, indent=1))


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
