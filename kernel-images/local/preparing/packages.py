"""Installs the pinned packages: with uv, itself pinned by hash, or with pip where uv cannot run.

uv takes a tenth of pip's time. It does not read pip's settings, so a company's index, certificate
and proxy are handed on to it; only packages whose hash stands in the lock get in by either way.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from preparing.failure import PrepareFailed, explain
from preparing.progress import Progress

_FOR_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "proxy": "HTTPS_PROXY",
}
_FOR_WORKSPACES = ("index-url", "extra-index-url", "find-links", "cert", "trusted-host", "proxy", "timeout")


def count(lock: Path) -> int:
    """How many packages a lock names, those only for Windows or for macOS left out."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^\n]*)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return len({name for name, rest in lines if not re.search(r"== '(win32|nt|darwin)'", rest)})


def clean_environment() -> dict[str, str]:
    """This process's environment without what would change a Python started from it."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON") and name not in ("VIRTUAL_ENV", "CONDA_PREFIX")
    }


def make_virtual_environment(target: Path) -> None:
    """Makes an empty virtual environment, without pip: that comes with the packages."""
    if importlib.util.find_spec("venv") is None:
        raise PrepareFailed("This Python has no venv module. On Debian and Ubuntu: sudo apt install python3-venv")
    command = [sys.executable, "-I", "-m", "venv", "--without-pip", str(target)]
    made = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise explain(made.stdout + made.stderr, "making the virtual environment")


def install(target: Path, lock: Path, installer_lock: Path, cache: Path, progress: Progress) -> None:
    """Installs exactly what a lock names into a virtual environment.

    Args:
        target: the virtual environment.
        lock: packages with hashes.
        installer_lock: uv with hashes.
        cache: folder for downloads, kept until all is done so that a second try is quick.
    """
    python = str(target / "bin" / "python")
    uv = _get_uv(cache / "installer", installer_lock, progress)
    if uv is None:
        _install_with_pip(python, lock, progress)
        return
    environment = {**clean_environment(), **_settings_for_uv(pip_settings())}
    command = [str(uv), "pip", "install", "--python", python, "--require-hashes", "--compile-bytecode"]
    # Links into the cache are quick and safe here: it is nobody else's, and removed at the end.
    command += ["--link-mode", "hardlink", "--cache-dir", str(cache / "uv"), "--requirements", str(lock)]
    code, output = progress.run(command, environment)
    if code != 0:
        raise explain(output, "installing the packages")


def pip_settings() -> dict[str, str]:
    """Pip's settings of this person: files first, variables (``PIP_…``) last."""
    command = [*_pip(), "config", "list"]
    listed = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False)
    settings: dict[str, str] = {}
    for section in ("global", "install", ":env:"):
        for name, value in re.findall(rf"^{section}\.([a-z-]+)='(.*)'$", listed.stdout, re.MULTILINE):
            settings[name] = value
    return settings


def workspace_pip_conf(settings: Mapping[str, str]) -> str:
    """The pip.conf for ``%pip install`` in a workspace: the same index, but no credentials."""
    lines = ["[global]", "disable-pip-version-check = true"]
    for name in _FOR_WORKSPACES:
        value = settings.get(name)
        if value and not re.search(r"//[^/\s]*@", value):
            lines.append(f"{name} = {value}")
    return "\n".join(lines) + "\n"


def _get_uv(folder: Path, lock: Path, progress: Progress) -> Path | None:
    uv = folder / "bin" / "uv"
    if uv.exists() and (folder / "complete").exists():
        return uv
    pip = _pip()
    shutil.rmtree(folder, ignore_errors=True)
    command = [*pip, "install", "--quiet", "--retries", "2", "--no-deps", "--no-compile", "--require-hashes"]
    command += ["--only-binary", ":all:", "--target", str(folder), "--requirement", str(lock)]
    code, output = progress.run(command, clean_environment())
    if code != 0 and ("no matching distribution" not in output.lower() or "retrying" in output.lower()):
        raise explain(output, "fetching the installer")
    if code != 0 or not _runs(uv):
        return None  # no uv for this system: pip does it, only slower
    (folder / "complete").touch()
    return uv


def _install_with_pip(python: str, lock: Path, progress: Progress) -> None:
    progress.say("(with pip, about a minute) …")
    command = [*_pip(), "--python", python, "install", "--quiet", "--retries", "2", "--require-hashes"]
    code, output = progress.run([*command, "--requirement", str(lock)], clean_environment())
    if code != 0:
        raise explain(output, "installing the packages")


def _pip() -> list[str]:
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    wheels = sorted(_bundled_pip())
    if not wheels:
        raise PrepareFailed(
            f"{sys.executable} has neither pip nor ensurepip. On Debian and Ubuntu: sudo apt install python3-venv"
        )
    return [sys.executable, str(wheels[-1] / "pip")]  # a wheel can be run as it is


def _bundled_pip() -> list[Path]:
    found = importlib.util.find_spec("ensurepip")
    places = [Path(found.origin).parent / "_bundled"] if found and found.origin else []
    if packaged := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        places.append(Path(packaged))
    return [wheel for place in places for wheel in place.glob("pip-*.whl")]


def _settings_for_uv(settings: Mapping[str, str]) -> dict[str, str]:
    # What the person has set for uv itself stays.
    return {
        name: settings[setting] for setting, name in _FOR_UV.items() if setting in settings and name not in os.environ
    }


def _runs(program: Path) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
