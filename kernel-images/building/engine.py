"""The program that builds: buildah, or docker where that is what there is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from building.failure import BuildFailed


@dataclass(frozen=True)
class Build:
    """One image to be made.

    Attributes:
        reference: its name with its tag.
        context: folder with the files it may copy.
        machine: folder that is mounted while it installs.
        arguments: of the Containerfile.
    """

    reference: str
    containerfile: Path
    context: Path
    machine: Path
    arguments: dict[str, str]


@dataclass(frozen=True)
class Engine:
    """Buildah or docker: the same few verbs.

    Attributes:
        program: which of the two.
        insecure: whether registries may be spoken to without TLS.
    """

    program: str
    insecure: bool

    def build(self, build: Build) -> None:
        """Makes an image; its output is shown."""
        command = [self.program, "build", *(self._isolation() if self.program == "buildah" else ["--network", "host"])]
        for name, value in build.arguments.items():
            command += ["--build-arg", f"{name}={value}"]
        command += ["--build-context", f"machine={build.machine}", "--file", str(build.containerfile)]
        self._show([*command, "--tag", build.reference, str(build.context)], f"{build.reference} could not be built")

    def push(self, reference: str) -> None:
        """Puts an image into its registry."""
        command = [self.program, "push"]
        if self.program == "buildah":
            command += ["--quiet", *self._transport(), "--format", "oci"]
        self._show([*command, reference], f"{reference} could not be pushed")

    def has(self, reference: str) -> bool:
        """Whether this machine has an image."""
        kind = ["inspect", "--type", "image"] if self.program == "buildah" else ["image", "inspect"]
        return self._succeeds([self.program, *kind, reference])

    def is_pushed(self, reference: str) -> bool:
        """Whether the registry has an image; no, too, when it cannot be asked."""
        if self.program == "docker":
            return self._succeeds(
                ["docker", "manifest", "inspect", *(["--insecure"] if self.insecure else []), reference]
            )
        return self._succeeds(["skopeo", "inspect", "--raw", *self._transport(), f"docker://{reference}"])

    def size(self, reference: str) -> int | None:
        """Bytes that an image takes unpacked, or None when only the registry has it."""
        if self.program == "docker":
            said = self._ask(["docker", "image", "inspect", "--format", "{{.Size}}", reference])
            return int(said) if said else None
        said = self._ask(["buildah", "images", "--json", reference])
        return _bytes(json.loads(said)[0]["size"]) if said else None

    @contextmanager
    def unpacked(self, reference: str) -> Iterator[Path]:
        """The file system of an image as a folder, for as long as it is looked at.

        Raises:
            BuildFailed: it could not be had.
        """
        if self.program == "buildah":
            container = self._must(["buildah", "from", *self._transport(), reference])
            try:
                yield Path(self._must(["buildah", "mount", container]))
            finally:
                self._ask(["buildah", "rm", container])
            return
        container = self._must(["docker", "create", reference, "none"])
        with tempfile.TemporaryDirectory(prefix="benchtop-image-") as folder:
            try:
                self._must(["docker", "export", "--output", f"{folder}/all.tar", container])
            finally:
                self._ask(["docker", "rm", container])
            root = Path(folder, "root")
            with tarfile.open(f"{folder}/all.tar") as archive:
                archive.extractall(root, filter="tar")
            yield root

    def _isolation(self) -> list[str]:
        # As root in a container of one's own there are no namespaces to be had; chroot needs none.
        return ["--isolation", os.environ.get("BUILDAH_ISOLATION", "chroot"), "--layers", *self._transport()]

    def _transport(self) -> list[str]:
        return ["--tls-verify=false"] if self.insecure else []

    def _show(self, command: list[str], failure: str) -> None:
        if subprocess.run(command, check=False).returncode != 0:
            raise BuildFailed(f"{failure}; {self.program} says why above.")

    def _succeeds(self, command: list[str]) -> bool:
        try:
            return subprocess.run(command, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            return False

    def _must(self, command: list[str]) -> str:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BuildFailed(f"{' '.join(command)} failed: {done.stderr.strip()[-300:]}")
        return done.stdout.strip()

    def _ask(self, command: list[str]) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def find_engine(*, insecure: bool) -> Engine:
    """Finds what builds images here.

    Raises:
        BuildFailed: nothing does.
    """
    for program in ("buildah", "docker"):
        if shutil.which(program):
            return Engine(program, insecure)
    raise BuildFailed("Neither buildah nor docker is installed. On Debian and Ubuntu: sudo apt install buildah skopeo")


def _bytes(text: str) -> int:
    number, _, unit = text.partition(" ")
    return round(float(number) * {"B": 1, "KB": 1e3, "kB": 1e3, "MB": 1e6, "GB": 1e9}.get(unit, 1))
