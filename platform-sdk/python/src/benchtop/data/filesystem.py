"""Files of datasets for everything that reads by fsspec: ``bt://sales/orders@3/part-0.parquet``.

Without ``@3`` it is the newest version when the path is first asked for; the file system then stays with it. Read only:
a version is written as a whole, with ``benchtop.write_dataset``.
"""

from __future__ import annotations

import threading
from typing import Any

from fsspec.spec import AbstractFileSystem

import benchtop
from benchtop.data.catalogue import Dataset
from benchtop.errors import BenchtopError


class BenchtopFileSystem(AbstractFileSystem):
    """fsspec's file system ``bt``; threads may share it."""

    protocol = "bt"
    root_marker = ""
    cachable = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._datasets: dict[str, Dataset] = {}
        self._sizes: dict[str, dict[str, int]] = {}
        self._lock = threading.Lock()

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """Lists datasets of a space, or files and folders of a version."""
        path = self._strip_protocol(path).strip("/")
        found = self._listed(path)
        return found if detail else [entry["name"] for entry in found]

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """One file, folder or dataset: name, type and size in bytes."""
        path = self._strip_protocol(path).strip("/")
        key, inner = _split(path)
        if not key:
            return _folder(path)
        sizes = self._files(key)
        if inner in sizes:
            return {"name": path, "size": sizes[inner], "type": "file"}
        if not inner or any(file.startswith(f"{inner}/") for file in sizes):
            return _folder(path)
        raise FileNotFoundError(path)

    def _open(self, path: str, mode: str = "rb", **_: Any) -> Any:
        if mode != "rb":
            raise BenchtopError(
                "read_only", f"{path} cannot be opened with mode {mode!r}: write with benchtop.write_dataset(name)."
            )
        key, inner = _split(self._strip_protocol(path).strip("/"))
        if inner not in self._files(key):
            raise FileNotFoundError(path)
        return self._datasets[key].open(inner)

    def _listed(self, path: str) -> list[dict[str, Any]]:
        key, inner = _split(path)
        if not key:
            names = [each.name for each in benchtop.datasets()]
            return [_folder(name) for name in names if not path or name.startswith(f"{path}/")]
        sizes = self._files(key)
        if inner in sizes:
            return [self.info(path)]
        prefix = f"{inner}/" if inner else ""
        below = [file.removeprefix(prefix) for file in sizes if file.startswith(prefix)]
        if inner and not below:
            raise FileNotFoundError(path)
        return [self.info(f"{key}/{prefix}{name}") for name in dict.fromkeys(file.split("/")[0] for file in below)]

    def _files(self, key: str) -> dict[str, int]:
        with self._lock:
            if key not in self._sizes:
                name, _, version = key.partition("@")
                try:
                    dataset = benchtop.dataset(name, int(version) if version else None)
                except ValueError:
                    raise FileNotFoundError(key) from None
                except BenchtopError as error:
                    if error.code != "not_found":
                        raise
                    raise FileNotFoundError(f"{key}: {error.message}") from None
                self._datasets[key] = dataset
                self._sizes[key] = dataset.sizes()
            return self._sizes[key]


def _folder(path: str) -> dict[str, Any]:
    return {"name": path, "size": 0, "type": "directory"}


def _split(path: str) -> tuple[str, str]:
    """``sales/orders@3`` and what is below it; both empty above a dataset."""
    parts = path.split("/", 2)
    if len(parts) < 2:
        return "", ""
    return "/".join(parts[:2]), parts[2] if len(parts) > 2 else ""
