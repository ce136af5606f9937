"""Finds a JDK for the Java kernel: 17 or newer, with jshell and the compiler."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from preparing.failure import PrepareFailed

OLDEST = 17
_NEEDED = {"jdk.jshell", "jdk.compiler"}
_FOLDERS = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
)


@dataclass(frozen=True)
class Jdk:
    """A Java Development Kit.

    Attributes:
        home: its folder, the one with ``bin/java``.
        major: its version, 17 for 17.0.15.
        release: content of its ``release`` file; changes with every update.
    """

    home: Path
    major: int
    release: str

    @property
    def java(self) -> Path:
        return self.home / "bin" / "java"


def find_jdk(asked: str | None) -> Jdk:
    """Finds the JDK to use: the one asked for, JAVA_HOME, PATH, then the usual folders.

    Raises:
        PrepareFailed: there is none that will do; the message lists what was found.
    """
    if asked is not None:
        jdk = read_jdk(Path(asked))
        if jdk is None or jdk.major < OLDEST:
            raise PrepareFailed(f"{asked} is no JDK {OLDEST} or newer; give --jdk the folder that holds bin/java.")
        return jdk
    found = [jdk for home in _homes() if (jdk := read_jdk(home))]
    for jdk in found:
        if jdk.major >= OLDEST and (jdk.home / "bin" / "javac").exists():
            return jdk
    seen = ", ".join(f"Java {jdk.major} in {jdk.home}" for jdk in found) or "none"
    raise PrepareFailed(
        f"A JDK {OLDEST} or newer is needed for the Java kernel; found: {seen}. Install one "
        "(Debian and Ubuntu: sudo apt install openjdk-17-jdk-headless) or name it: --jdk DIR."
    )


def check_modules(jdk: Jdk) -> None:
    """Refuses a runtime that lacks what the kernel compiles with.

    Raises:
        PrepareFailed: it lacks something, or does not run.
    """
    try:
        listed = subprocess.run([jdk.java, "--list-modules"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise PrepareFailed(f"{jdk.java} does not run: {error}") from error
    modules = {line.partition("@")[0] for line in listed.stdout.split()}
    if missing := ", ".join(sorted(_NEEDED - modules)):
        raise PrepareFailed(f"{jdk.home} lacks {missing}: the Java kernel needs a JDK, not a runtime (JRE).")


def read_jdk(home: Path) -> Jdk | None:
    """Reads which Java lives in a folder, or None when none does."""
    try:
        home = home.expanduser().resolve()
        release = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    version = re.search(r'JAVA_VERSION="(?:1\.)?(\d+)', release)
    if version is None or not os.access(home / "bin" / "java", os.X_OK):
        return None
    return Jdk(home, int(version.group(1)), release)


def _homes() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    for program in ("java", "javac"):
        if found := shutil.which(program):
            yield Path(found).resolve().parent.parent
    for pattern in _FOLDERS:
        place = Path(pattern).expanduser()
        fixed = Path(*place.parts[: _first_star(place)])
        rest = "/".join(place.parts[_first_star(place) :])
        yield from sorted(fixed.glob(rest), reverse=True)


def _first_star(place: Path) -> int:
    return next(number for number, part in enumerate(place.parts) if "*" in part)
