"""The long part: packages and kernels of one environment, on a machine or in an image."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from preparing.failure import PrepareFailed
from preparing.inventory import first_damage, take_inventory
from preparing.java_kernel import make_java_kernel, preload_from, write
from preparing.jdk import Jdk, check_modules
from preparing.packages import count, install, make_virtual_environment, pip_settings, workspace_pip_conf
from preparing.progress import Progress

_LOCAL = Path(__file__).resolve().parent.parent
LOCK = _LOCAL / "requirements.lock"
INSTALLER_LOCK = _LOCAL / "installer.lock"
_SPACE_BYTES = 600_000_000
_NO_NEWS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def install_environment(target: Path, cache: Path, jdk: Jdk, progress: Progress, *, for_image: bool = False) -> None:
    """Installs all that is not there yet; each step remembers that it is done.

    Args:
        target: the environment's folder.
        cache: folder for downloads on the same file system.
        jdk: what runs the Java kernel.
        progress: takes five steps.
        for_image: whether it will run elsewhere: then it gets nothing of this machine's settings, and
            its Java kernel is told by the server where the SDK is.
    """
    with progress.step("checking Python, JDK and disk"):
        check_modules(jdk)
        _check_space(target.parent)
        progress.say(f"Python {sys.version.split()[0]}, Java {jdk.major} in {jdk.home}")
    with progress.step("making the virtual environment"):
        if not _done(target, "packages"):
            # Half of an installation cannot be told from a whole one: begin anew, downloads are kept.
            shutil.rmtree(target, ignore_errors=True)
            make_virtual_environment(target)
    with progress.step(f"installing {count(LOCK)} packages"):
        if not _done(target, "packages"):
            install(target, LOCK, INSTALLER_LOCK, cache, progress)
            _mark(target, "packages")
    with progress.step("making the Java kernel"):
        preload = {} if for_image else preload_from(target)
        make_java_kernel(target, jdk, _LOCAL / "preparing" / "train_java.py", preload, progress)
    with progress.step("writing the settings"):
        _write_settings(target, {} if for_image else pip_settings())
        take_inventory(target, target / ".prepared" / "inventory")
        _mark(target, "java")


def is_whole(target: Path) -> bool:
    """Whether everything is installed and nothing of it got lost; says so when something did."""
    if not _done(target, "java"):
        return False
    damage = first_damage(target, target / ".prepared" / "inventory")
    if damage is None:
        return True
    print(f"{target / damage} is missing or damaged: preparing the environment anew.", flush=True)
    shutil.rmtree(target / ".prepared")
    return False


def _write_settings(target: Path, pip: Mapping[str, str]) -> None:
    settings = target / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    write(settings / "overrides.json", json.dumps(_NO_NEWS))
    (target / "share" / "benchtop").mkdir(exist_ok=True)
    write(target / "share" / "benchtop" / "pip.conf", workspace_pip_conf(pip))
    kernel = target / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    specification = json.loads(kernel.read_text(encoding="utf-8"))
    specification["argv"][0] = str(target / "bin" / "python")
    write(kernel, json.dumps(specification, indent=1))


def _check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < _SPACE_BYTES:
        raise PrepareFailed(
            f"{folder} has {free // 1_000_000} MB free; {_SPACE_BYTES // 1_000_000} MB are needed. "
            "Free some space, or choose another folder with --data."
        )


def _done(target: Path, step: str) -> bool:
    return (target / ".prepared" / step).exists()


def _mark(target: Path, step: str) -> None:
    (target / ".prepared").mkdir(exist_ok=True)
    (target / ".prepared" / step).touch()
