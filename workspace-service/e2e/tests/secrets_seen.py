"""Looks, where a workspace runs, for a secret: `python secrets_seen.py FOLDER...`, in local mode and in pods.

The secret comes on standard input, or is what a file named by `--file=` holds, which is its own place. Prints the places as JSON:
environment and command line of every process, and files below the folders. Never prints the secret. Standard library only, since
it is handed to whatever Python is there.
"""

import json
import sys
from pathlib import Path


def holds(path: Path, secret: bytes) -> bool:
    try:
        return secret in path.read_bytes()
    except OSError:
        return False


def places(secret: bytes, own: set[Path], folders: list[Path]) -> list[str]:
    assert len(secret) > 12, "no secret to look for"
    of_processes = [*Path("/proc").glob("[0-9]*/environ"), *Path("/proc").glob("[0-9]*/cmdline")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.resolve() not in own]
    return [str(path) for path in (*of_processes, *files) if holds(path, secret)]


def main(arguments: list[str]) -> None:
    own = {Path(each.removeprefix("--file=")).resolve() for each in arguments if each.startswith("--file=")}
    folders = [Path(each) for each in arguments if not each.startswith("--file=")]
    [secret] = [file.read_bytes() for file in own] or [sys.stdin.buffer.read()]
    print(json.dumps(places(secret.strip(), own, folders)))


if __name__ == "__main__":
    main(sys.argv[1:])
