"""The Java runtime of the platform's own programs: the modules they use, of the JDK that builds them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from building.failure import BuildFailed
from preparing.jdk import read_jdk

_RELEASE = 25
# What jdeps finds in the programs, and what nothing names: elliptic curves for TLS, jars as file systems.
MODULES = (
    "java.base,java.compiler,java.desktop,java.instrument,java.management,java.naming,java.net.http,java.scripting,"
    "java.security.jgss,java.sql,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,jdk.net,"
    "jdk.unsupported,jdk.zipfs"
)


def find_jdk() -> Path:
    """The JDK that builds Benchtop: JAVA_HOME, that on the PATH, or one of the system's.

    Raises:
        BuildFailed: none is new enough and has jlink.
    """
    asked, found = os.environ.get("JAVA_HOME"), shutil.which("java")
    homes = [Path(asked)] if asked else []
    homes += [Path(found).resolve().parent.parent] if found else []
    for folder in [*homes, *sorted(Path("/usr/lib/jvm").glob("*"))]:
        jdk = read_jdk(folder)
        if jdk and jdk.major >= _RELEASE and (jdk.home / "bin" / "jlink").exists():
            return jdk.home
    raise BuildFailed(f"No JDK {_RELEASE} with jlink was found. Set JAVA_HOME to the one that builds Benchtop.")


def identify(jdk: Path) -> str:
    """A hash over what decides how the runtime turns out."""
    release = (jdk / "release").read_bytes()
    return hashlib.sha256(release + MODULES.encode()).hexdigest()


def make_runtime(jdk: Path, folder: Path) -> None:
    """Makes the runtime, with the archive of its own classes that halves a JVM's start.

    Raises:
        BuildFailed: jlink failed.
    """
    command = [str(jdk / "bin" / "jlink"), "--output", str(folder), "--add-modules", MODULES]
    command += ["--no-header-files", "--no-man-pages", "--compress", "zip-6"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed(f"jlink of {jdk} made no runtime: {(done.stdout + done.stderr).strip()[-300:]}")
    for flags in ([], ["-XX:+UseCompactObjectHeaders"]):
        subprocess.run(
            [folder / "bin" / "java", "-Xshare:dump", "-XX:+UseSerialGC", *flags], capture_output=True, check=False
        )
