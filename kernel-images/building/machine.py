"""How this machine reaches Debian and the Python package index, for the time of a build.

The settings lie in a folder of their own that the Containerfiles mount while they install
(``--mount=type=bind,from=machine``); a mount is no part of an image, so none of it stays.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from preparing.packages import pip_settings

_MOUNTED = "/run/machine"
_FOR_PIP = ("index-url", "extra-index-url", "find-links", "trusted-host", "proxy", "timeout", "default-timeout")


def describe_machine(folder: Path, base: str) -> None:
    """Fills a folder with ``pip.conf``, ``apt.conf`` and what they refer to.

    Args:
        folder: where; empty.
        base: the Debian image that the images are made from.
    """
    _describe_pip(folder)
    (folder / "apt.conf").write_text("\n".join([*_apt_settings(), *_apt_sources(folder, base)]) + "\n")


def _describe_pip(folder: Path) -> None:
    settings = pip_settings()
    certificate = settings.get("cert") or os.environ.get("SSL_CERT_FILE")
    lines = ["[global]", "disable-pip-version-check = true"]
    # A folder of packages on this machine is not there inside.
    lines += [
        f"{name} = {settings[name]}" for name in _FOR_PIP if name in settings and not settings[name].startswith("/")
    ]
    if certificate and Path(certificate).is_file():
        shutil.copyfile(certificate, folder / "ca.pem")
        lines.append(f"cert = {_MOUNTED}/ca.pem")
    (folder / "pip.conf").write_text("\n".join(lines) + "\n")


def _apt_settings() -> list[str]:
    try:
        dumped = subprocess.run(["apt-config", "dump", "Acquire"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return []  # no Debian: the image's own settings will do
    return [line for line in dumped.splitlines() if not line.endswith('"";') and "::Changelogs" not in line]


def _apt_sources(folder: Path, base: str) -> list[str]:
    """Where this machine gets Debian from, if it is the same Debian."""
    codename = _codename()
    if not codename or codename not in base:
        return []
    configured = Path("/etc/apt")
    sources = [configured / "sources.list", *(configured / "sources.list.d").glob("debian*.*")]
    parts = folder / "sources.list.d"
    parts.mkdir()
    found = [shutil.copy(path, parts) for path in sources if path.suffix in (".list", ".sources") and path.is_file()]
    if not found:
        return []
    return ['Dir::Etc::sourcelist "/dev/null";', f'Dir::Etc::sourceparts "{_MOUNTED}/sources.list.d";']


def _codename() -> str | None:
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    values = dict(line.partition("=")[::2] for line in lines)
    return values.get("VERSION_CODENAME") if values.get("ID") == "debian" else None
