"""Looks, where a workspace runs, for what its token file holds: `python secrets_seen.py TOKEN_FILE FOLDER...`, in local mode and in pods.

Prints the places as JSON: environment and command line of every process, and files below the folders but the token's own. Never
prints the secret. Standard library only, since it is handed to whatever Python is there.
"""

import json
import sys
from pathlib import Path


def holds(path: Path, secret: bytes) -> bool:
    try:
        return secret in path.read_bytes()
    except OSError:
        return False


def places(token_file: Path, folders: list[Path]) -> list[str]:
    secret = token_file.read_bytes().strip()
    assert len(secret) > 20, "no token to look for"
    of_processes = [*Path("/proc").glob("[0-9]*/environ"), *Path("/proc").glob("[0-9]*/cmdline")]
    own = {token_file.resolve()}
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.resolve() not in own]
    return [str(path) for path in (*of_processes, *files) if holds(path, secret)]


if __name__ == "__main__":
    print(json.dumps(places(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])))
