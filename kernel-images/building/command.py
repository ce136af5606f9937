"""The command line of ``kernel-images/build``.

An image's tag is a hash of all that goes into it: its Containerfile, its files, its arguments and its
parent's tag. What the registry or this machine has under its tag is not built again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from building.bills import write_bill
from building.catalogue import ON_DEMAND, RECIPES, ROOT, Recipe, with_parents
from building.context import Inputs, stage
from building.engine import Build, Engine, find_engine
from building.failure import BuildFailed
from building.machine import describe_machine

_BASE = "docker.io/library/debian:bookworm-slim"
_DEFAULT = [name for name in RECIPES if name not in ON_DEMAND]


def main(arguments: list[str]) -> int:
    """Runs the command line; 0 when every image is there, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(prog="kernel-images/build", description="Builds Benchtop's container images.")
    parser.add_argument(
        "images", nargs="*", help=f"which ({', '.join(RECIPES)}; default: all but {' and '.join(ON_DEMAND)})"
    )
    parser.add_argument(
        "--registry", default="localhost/benchtop", metavar="HOST/PREFIX", help="first part of their names"
    )
    parser.add_argument("--push", action="store_true", help="put them into that registry")
    parser.add_argument("--insecure", action="store_true", help="the registry has no TLS")
    parser.add_argument("--base", default=_BASE, help=f"the Debian image below them (default: {_BASE})")
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "kernel-images" / "target" / "images.json",
        help="name to reference, as JSON",
    )
    parser.add_argument("--sbom", type=Path, metavar="DIR", help="write each image's bill of materials to this folder")
    asked = parser.parse_args(arguments)
    try:
        engine = find_engine(insecure=asked.insecure)
        inputs = Inputs(asked.base)
        references: dict[str, str] = {}
        for recipe in with_parents(asked.images or _DEFAULT):
            references[recipe.name] = f"{asked.registry}/{recipe.name}:{inputs.tag(recipe)}"
            _provide(engine, inputs, recipe, references, push=asked.push)
            if asked.sbom:
                write_bill(engine, recipe.name, references[recipe.name], asked.sbom)
        _write(asked.output, references)
    except BuildFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def _provide(engine: Engine, inputs: Inputs, recipe: Recipe, references: dict[str, str], *, push: bool) -> None:
    reference = references[recipe.name]
    begun = time.monotonic()
    if push and engine.is_pushed(reference):
        print(f"{reference} is in the registry", flush=True)
        return
    if not engine.has(reference):
        with tempfile.TemporaryDirectory(prefix="benchtop-image-") as folder:
            context, machine = Path(folder, "context"), Path(folder, "machine")
            machine.mkdir()
            describe_machine(machine, inputs.base)
            stage(recipe, context)
            arguments = _arguments(inputs, recipe, references)
            engine.build(Build(reference, recipe.containerfile, context, machine, arguments))
    if push:
        engine.push(reference)
    size = engine.size(reference)
    megabytes = f"{size / 1e6:.0f} MB, " if size else ""
    print(f"{reference} is ready: {megabytes}{time.monotonic() - begun:.0f} s", flush=True)


def _arguments(inputs: Inputs, recipe: Recipe, references: dict[str, str]) -> dict[str, str]:
    arguments = {"PARENT": references[recipe.parent]} if recipe.parent else {"BASE": inputs.base}
    # Buildah's cache of layers does not see what a step mounts, so steps that mount the context name its hash.
    if "\nARG CONTENT\n" in recipe.containerfile.read_text(encoding="utf-8"):
        arguments["CONTENT"] = inputs.tag(recipe)
    return arguments


def _write(output: Path, references: dict[str, str]) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(references, indent=2) + "\n", encoding="utf-8")
    print(f"written: {output}")
