"""Benchtop's own parts of an environment: small, changed often, swapped in whole.

A part is a folder ``parts/<name>-<hash>``; the place where it is looked for is a link to it that is
replaced at once. What is the same is left alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

Files = Mapping[str, Path]


def files_below(folder: Path, into: str = "") -> dict[str, Path]:
    """All files of a folder by the name they get in a part; caches and hidden files left out."""
    return {
        f"{into}{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(_skipped(part) for part in path.relative_to(folder).parts)
    }


def sdk_metadata(sdk: Path, into: str) -> dict[str, Path]:
    """Makes the SDK found as if installed though it only lies on the path: MLflow asks there who signs requests."""
    return files_below(sdk / "lib" / "dist-info", f"{into}benchtop-0.1.0.dist-info/")


def hash_files(files: Files) -> str:
    """A hash over names and contents."""
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def put_part(target: Path, place: str, files: Files) -> bool:
    """Makes ``target/place`` lead to a folder with exactly these files.

    Returns:
        whether anything had to be done.
    """
    link = target / place
    name = f"{place.replace('/', '-')}-{hash_files(files)}"
    part = target / "parts" / name
    if part.is_dir() and link.is_symlink() and link.resolve() == part.resolve():
        return False
    if not part.is_dir():
        _fill(part, files)
    _lead(link, part)
    _drop_older(part, f"{place.replace('/', '-')}-")
    return True


def _fill(part: Path, files: Files) -> None:
    making = part.with_name(f".{part.name}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for name, source in files.items():
        copy = making / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    making.rename(part)


def _lead(link: Path, part: Path) -> None:
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    link.parent.mkdir(parents=True, exist_ok=True)
    new.symlink_to(os.path.relpath(part, link.parent))
    os.replace(new, link)


def _drop_older(part: Path, prefix: str) -> None:
    for other in part.parent.glob(f"{prefix}*"):
        if other != part and len(other.name) == len(part.name):
            shutil.rmtree(other, ignore_errors=True)


def _skipped(name: str) -> bool:
    return name == "__pycache__" or name.startswith(".")
