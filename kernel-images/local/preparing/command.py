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
from preparing.installing import LOCK, install_environment, is_whole
from preparing.java_kernel import write
from preparing.jdk import Jdk, find_jdk
from preparing.progress import Progress
from preparing.pruning import note_use, prune

_LOCAL = Path(__file__).resolve().parent.parent
_SDK = _LOCAL.parents[1] / "platform-sdk" / "python"
_FORMAT = "2"  # raised when the steps below make something else of the same inputs


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
        if not is_whole(target):
            install_environment(target, environments / ".downloads", jdk, progress)
        changed = _put_parts(target, sdk_jars)
        current = {
            "path": str(target),
            "python": str(target / "bin" / "python"),
            "lockHash": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
            "java": str(jdk.home),
        }
        if changed or _read(environments / "current.json") != current:
            write(environments / "current.json", json.dumps(current, indent=2) + "\n")
        shutil.rmtree(environments / ".downloads", ignore_errors=True)
        note_use(target)
        prune(environments, data / "servers", target)
    print(f"The notebook environment is ready ({progress.elapsed():.1f} s): {target}", flush=True)


def _put_parts(target: Path, sdk_jars: Path | None) -> bool:
    library = {name: _SDK / "lib" / name for name in ("shim.py", "startup.py")} | {
        f"{place}{name}": path
        for package, place in (("benchtop_local", ""), ("benchtop_server", "py/"), ("benchtop", "py/"))
        for name, path in parts.files_below(_SDK / "src" / package, f"{package}/").items()
    }
    library |= parts.sdk_metadata(_SDK, "py/")
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


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
