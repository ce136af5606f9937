"""The steps of ``prepare_image.py``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from preparing.failure import PrepareFailed, explain_error
from preparing.installing import INSTALLER_LOCK, install_environment
from preparing.jdk import find_jdk
from preparing.packages import count, install
from preparing.progress import Progress


def main(arguments: list[str]) -> int:
    """Runs the command line; 0 when it is done, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(prog="prepare_image.py", description="Makes the environment of an image.")
    parser.add_argument("target", type=Path, help="the environment's folder")
    todo = parser.add_mutually_exclusive_group(required=True)
    todo.add_argument("--jdk", help="home of the image's JDK: make the environment")
    todo.add_argument("--add", type=Path, metavar="LOCK", help="packages with hashes: add them")
    asked = parser.parse_args(arguments)
    try:
        with Path(os.devnull).open() as nothing, tempfile.TemporaryDirectory(dir=asked.target.parent) as cache:
            progress = Progress(1 if asked.add else 5, nothing.fileno())
            if asked.add:
                with progress.step(f"installing {count(asked.add)} packages"):
                    install(asked.target, asked.add, INSTALLER_LOCK, Path(cache), progress)
            else:
                install_environment(asked.target, Path(cache), find_jdk(asked.jdk), progress, for_image=True)
            (asked.target / ".lock").unlink(missing_ok=True)  # uv's, and everybody may write it
    except PrepareFailed as failure:
        print(f"The image's environment cannot be made. {failure}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The image's environment cannot be made. {explain_error(error)}", file=sys.stderr)
        return 1
    return 0
