"""The Java kernel: jjava started by ``java`` itself, from an archive of loaded classes.

The kernelspec that comes with jjava starts a second JVM only to start the first. Ours does not, and
maps the classes a first cell needs from an archive that the JVM wrote after running one: the first
result comes in half the time.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from preparing.jdk import Jdk
from preparing.packages import clean_environment
from preparing.progress import Progress

_FLAGS = [
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xmx1g",
    "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
    # For Arrow (java.nio), by which the SDK reads rows, and for Spark, wherever a notebook gets it from.
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in (
            "java.io",
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.util.calendar",
        )
    ),
    "--enable-native-access=ALL-UNNAMED",
    # Without a logger Arrow says so once for each JVM.
    "-Dslf4j.internal.verbosity=ERROR",
]
_SINCE_24 = ["--sun-misc-unsafe-memory-access=allow"]  # Arrow's memory; the JVM warns in the notebook otherwise


def preload_from(target: Path) -> dict[str, str]:
    """Variables by which the kernel finds the SDK in an environment."""
    return {
        "JJAVA_CLASSPATH": str(target / "java" / "sdk" / "*.jar"),
        "JJAVA_STARTUP_SCRIPTS_PATH": str(target / "java" / "startup" / "*.jsh"),
    }


def make_java_kernel(target: Path, jdk: Jdk, trainer: Path, preload: Mapping[str, str], progress: Progress) -> None:
    """Puts the kernel's jar, its class archive and its kernelspec in place.

    A JVM that cannot write an archive starts more slowly without one; that is said, and no failure.

    Args:
        target: the environment.
        jdk: what runs the kernel.
        trainer: what a first cell runs.
        preload: variables of the kernel; none where the server's own say what is preloaded.
        progress: told what fails.
    """
    stock = target / "share" / "jupyter" / "kernels" / "java"
    java = target / "java"
    java.mkdir(exist_ok=True)
    if not (java / "jjava.jar").exists():
        os.replace(_copy(stock / "jjava.jar", java / "jjava.jar.part"), java / "jjava.jar")
    _write_archive(target, jdk, trainer, progress)
    write(stock / "kernel.json", json.dumps(_kernelspec(target, jdk, [], preload), indent=1))


def _write_archive(target: Path, jdk: Jdk, trainer: Path, progress: Progress) -> None:
    archive, part = target / "java" / "jjava.jsa", target / "java" / "jjava.jsa.part"
    training = target / "java" / "training"
    part.unlink(missing_ok=True)
    kernel = training / "kernels" / "java-training"
    kernel.mkdir(parents=True, exist_ok=True)
    # jjava dies of a folder that is not there, and the SDK's is not yet: nothing is preloaded.
    write(kernel / "kernel.json", json.dumps(_kernelspec(target, jdk, [f"-XX:ArchiveClassesAtExit={part}"], {})))
    environment = {**clean_environment(), "JUPYTER_PATH": str(training), "JUPYTER_RUNTIME_DIR": str(training)}
    code, output = progress.run([str(target / "bin" / "python"), "-I", str(trainer)], environment)
    shutil.rmtree(training, ignore_errors=True)
    if code != 0:
        progress.say(f"the Java kernel did not answer; it may not start: {output.strip()[-300:]}")
    elif part.exists():
        os.replace(part, archive)
    else:
        progress.say("this JVM wrote no class archive; Java notebooks start a second slower")


def _kernelspec(target: Path, jdk: Jdk, training: list[str], preload: Mapping[str, str]) -> dict[str, Any]:
    java = target / "java"
    archive = training or [f"-XX:SharedArchiveFile={java / 'jjava.jsa'}", "-Xshare:auto", "-Xlog:disable"]
    return {
        "argv": [
            str(jdk.java),
            *archive,
            *_FLAGS,
            *(_SINCE_24 if jdk.major >= 24 else []),
            "-jar",
            str(java / "jjava.jar"),
            "{connection_file}",
        ],
        "display_name": f"Java {jdk.major}",
        "language": "java",
        "interrupt_mode": "message",
        "metadata": {"debugger": False},
        "env": dict(preload),
    }


def write(path: Path, text: str) -> None:
    """Replaces a small file at once."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _copy(source: Path, part: Path) -> Path:
    shutil.copyfile(source, part)
    return part
