"""What goes into an image: its content's hash, and the folder that the Containerfile copies from."""

from __future__ import annotations

import hashlib
import shutil
from functools import cached_property
from pathlib import Path

from building import runtime
from building.catalogue import RECIPES, Recipe
from preparing.parts import hash_files


class Inputs:
    """The tags of the images; each is computed from files only, so nothing need be built to know it."""

    def __init__(self, base: str) -> None:
        """
        Args:
            base: the Debian image below all.
        """
        self.base = base

    def tag(self, recipe: Recipe) -> str:
        """The tag of an image.

        Raises:
            BuildFailed: something that goes into it is not built yet.
        """
        below = self.tag(RECIPES[recipe.parent]) if recipe.parent else self.base
        parts = [below, hash_files(recipe.context()), hash_files({"Containerfile": recipe.containerfile})]
        if recipe.has_runtime:
            parts.append(self._runtime)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @cached_property
    def _runtime(self) -> str:
        return runtime.identify(runtime.find_jdk())


def stage(recipe: Recipe, context: Path) -> None:
    """Fills a folder with the files of an image.

    Every copy can be read by everybody: who runs the image owns none of it.
    """
    context.mkdir()
    for name, source in recipe.context().items():
        copy = context / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        copy.chmod(0o755 if source.stat().st_mode & 0o100 else 0o644)
    if recipe.has_runtime:
        runtime.make_runtime(runtime.find_jdk(), context / "runtime")
