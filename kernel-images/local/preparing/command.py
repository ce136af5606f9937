"""The steps, and which of them are still to be done."""

from __future__ import annotations

import argparse
import compileall
import fcntl
import hashlib
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from preparing import parts
from preparing.failure import PrepareFailed, explain_error
from preparing.inventory import first_damage, take_inventory
from preparing.java_kernel import make_java_kernel, write
from preparing.jdk import Jdk, check_modules, find_jdk
from preparing.packages import count, install, make_virtual_environment, pip_settings, workspace_pip_conf
from preparing.progress import Progress
from preparing.pruning import note_use, prune

_LOCAL = Path(__file__).resolve().parent.parent
_SDK = _LOCAL.parents[1] / "platform-sdk" / "python"
_FORMAT = "2"  # raised when the steps below make something else of the same inputs
_SPACE_BYTES = 600_000_000
_NO_NEWS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def main(arguments: list[str]) -> int:
    """Runs the command line; 0 when the environment is ready, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(prog="prepare.py", description="Prepares Benchtop's notebook environment.")
    parser.add_argument("--data", required=True, type=Path, help="Benchtop's data folder")
    parser.add_argument("--jdk", help="home of a JDK 17 or newer (default: JAVA_HOME, PATH, usual folders)")
    parser.add_argument("--sdk-jars", type=Path, help="folder with the Java SDK's jars")
    asked = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _prepare(asked.data.expanduser().absolute(), find_jdk(asked.jdk), asked.sdk_jars)
    except PrepareFailed as failure:
        print(f"The notebook environment cannot be prepared. {failure}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The notebook environment cannot be prepared. {explain_error(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _prepare(data: Path, jdk: Jdk, sdk_jars: Path | None) -> None:
    environments = data / "environments"
    environments.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (environments / ".lock").open("w") as lock:
        progress = Progress(5, lock.fileno())
        _wait_for(lock.fileno())
        target = environments / _key(jdk)
        if not _is_whole(target):
            _install_all(target, environments / ".downloads", jdk, progress)
        changed = _put_parts(target, sdk_jars)
        current = {
            "path": str(target),
            "python": str(target / "bin" / "python"),
            "lockHash": hashlib.sha256((_LOCAL / "requirements.lock").read_bytes()).hexdigest(),
            "java": str(jdk.home),
        }
        if changed or _read(environments / "current.json") != current:
            write(environments / "current.json", json.dumps(current, indent=2) + "\n")
        shutil.rmtree(environments / ".downloads", ignore_errors=True)
        note_use(target)
        prune(environments, data / "servers", target)
    print(f"The notebook environment is ready ({progress.elapsed():.1f} s): {target}", flush=True)


def _install_all(target: Path, cache: Path, jdk: Jdk, progress: Progress) -> None:
    """The long part, once for each lock, Python and JDK; each step remembers that it is done."""
    with progress.step("checking Python, JDK and disk"):
        check_modules(jdk)
        _check_space(target.parent)
        progress.say(f"Python {sys.version.split()[0]}, Java {jdk.major} in {jdk.home}")
    lock = _LOCAL / "requirements.lock"
    with progress.step("making the virtual environment"):
        if not _done(target, "packages"):
            # Half of an installation cannot be told from a whole one: begin anew, downloads are kept.
            shutil.rmtree(target, ignore_errors=True)
            make_virtual_environment(target)
    with progress.step(f"installing {count(lock)} packages"):
        if not _done(target, "packages"):
            install(target, lock, _LOCAL / "installer.lock", cache, progress)
            _mark(target, "packages")
    with progress.step("making the Java kernel"):
        make_java_kernel(target, jdk, _LOCAL / "preparing" / "train_java.py", progress)
    with progress.step("writing the settings"):
        settings = target / "share" / "jupyter" / "lab" / "settings"
        settings.mkdir(parents=True, exist_ok=True)
        write(settings / "overrides.json", json.dumps(_NO_NEWS))
        (target / "share" / "benchtop").mkdir(exist_ok=True)
        write(target / "share" / "benchtop" / "pip.conf", workspace_pip_conf(pip_settings()))
        kernel = target / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
        specification = json.loads(kernel.read_text(encoding="utf-8"))
        specification["argv"][0] = str(target / "bin" / "python")
        write(kernel, json.dumps(specification, indent=1))
        take_inventory(target, target / ".prepared" / "inventory")
        _mark(target, "java")


def _put_parts(target: Path, sdk_jars: Path | None) -> bool:
    library = parts.files_below(_SDK / "lib") | {
        f"{place}{name}": path
        for package, place in (("benchtop_local", ""), ("benchtop_server", "py/"), ("benchtop", "py/"))
        for name, path in parts.files_below(_SDK / "src" / package, f"{package}/").items()
    }
    jars = {jar.name: jar for jar in sorted(sdk_jars.glob("*.jar"))} if sdk_jars else {}
    changed = parts.put_part(target, "lib-benchtop", library)
    if changed:
        compileall.compile_dir(str(target / "lib-benchtop"), quiet=2)
    changed |= parts.put_part(target, "demos", parts.files_below(_LOCAL.parent / "demos"))
    changed |= parts.put_part(target, "java/sdk", jars)
    changed |= parts.put_part(target, "java/startup", parts.files_below(_LOCAL / "startup"))
    return changed


def _key(jdk: Jdk) -> str:
    """Names an environment by all that its packages and its Java kernel are made of."""
    digest = hashlib.sha256()
    for name in ("requirements.lock", "preparing/java_kernel.py", "preparing/train_java.py"):
        digest.update((_LOCAL / name).read_bytes())
    base = getattr(sys, "_base_executable", sys.executable)
    for text in (_FORMAT, sys.version, os.path.realpath(base), str(jdk.home), jdk.release):
        digest.update(f"{text}\0".encode())
    return digest.hexdigest()[:16]


def _wait_for(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another preparation of the same data folder …", flush=True)
        begun = time.monotonic()
        fcntl.flock(lock, fcntl.LOCK_EX)
        print(f"… it ended after {time.monotonic() - begun:.0f} s", flush=True)


def _check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < _SPACE_BYTES:
        raise PrepareFailed(
            f"{folder} has {free // 1_000_000} MB free; {_SPACE_BYTES // 1_000_000} MB are needed. "
            "Free some space, or choose another folder with --data."
        )


def _is_whole(target: Path) -> bool:
    if not _done(target, "java"):
        return False
    damage = first_damage(target, target / ".prepared" / "inventory")
    if damage is None:
        return True
    print(f"{target / damage} is missing or damaged: preparing the environment anew.", flush=True)
    shutil.rmtree(target / ".prepared")
    return False


def _done(target: Path, step: str) -> bool:
    return (target / ".prepared" / step).exists()


def _mark(target: Path, step: str) -> None:
    (target / ".prepared").mkdir(exist_ok=True)
    (target / ".prepared" / step).touch()


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
