"""How many bytes of rows may come into memory at once."""

from __future__ import annotations

from pathlib import Path

from benchtop.errors import BenchtopError
from benchtop.rendering import bytes_in_words

_MOST = 2 * 1024**3


def most_bytes(root: Path = Path("/")) -> int:
    """Half of the memory limit of this process, 2 GiB at most."""
    limits = [limit for file in _limit_files(root) if (limit := _limit(file)) is not None]
    return min([_MOST, *(limit // 2 for limit in limits)])


class Cap:
    """Counts bytes of rows and refuses to go beyond."""

    def __init__(self, dataset: str, most: int | None = None) -> None:
        self._dataset = dataset
        self._most = most_bytes() if most is None else most
        self._seen = 0

    def add(self, count: int) -> None:
        """Counts some more.

        Raises:
            BenchtopError: ``too_large``.
        """
        self._seen += count
        if self._seen > self._most:
            raise BenchtopError(
                "too_large",
                f"{self._dataset} has more rows than the {bytes_in_words(self._most)} that are read into memory at "
                "once. Ask for fewer columns or rows (columns=, where=), or read it piece by piece with .stream().",
            )


def _limit_files(root: Path) -> list[Path]:
    groups = root / "sys" / "fs" / "cgroup"
    found = [groups / "memory.max", groups / "memory" / "memory.limit_in_bytes"]
    try:
        lines = (root / "proc" / "self" / "cgroup").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return found
    for line in lines:
        if line.startswith("0::/"):
            own = groups / line.removeprefix("0::/")
            found += [folder / "memory.max" for folder in [own, *own.parents] if folder.is_relative_to(groups)]
    return found


def _limit(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None  # "max", or there is none
