"""What is installed in the file system of an image: Debian packages, Python packages, jars, Java runtimes."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NAMED = re.compile(r"(?P<name>.+?)-(?P<version>\d[^/]*)\.jar$")


@dataclass(frozen=True, order=True)
class Part:
    """Something that somebody published under a name and a version.

    Attributes:
        kind: ``deb``, ``pypi``, ``maven`` or ``generic``, as package URLs name them.
        group: its namespace, or the empty text.
        place: where it was found, or the empty text.
        sha256: of its file, or the empty text.
    """

    kind: str
    group: str
    name: str
    version: str
    place: str = ""
    sha256: str = ""


def list_parts(root: Path) -> list[Part]:
    """Everything in a file system that says what it is, each once."""
    return sorted({*_debian(root), *_python(root), *_jars(root), *_runtimes(root)})


def _debian(root: Path) -> Iterator[Part]:
    status = root / "var" / "lib" / "dpkg" / "status"
    if not status.exists():
        return
    for paragraph in status.read_text(encoding="utf-8").split("\n\n"):
        fields = dict(re.findall(r"^(Package|Version|Status): (.*)$", paragraph, re.MULTILINE))
        if fields.get("Status", "").endswith(" installed"):
            yield Part("deb", "debian", fields["Package"], fields["Version"])


def _python(root: Path) -> Iterator[Part]:
    folders = {found.parent for found in root.glob("**/*.dist-info") if found.is_dir()}
    for distribution in importlib.metadata.distributions(path=[str(folder) for folder in sorted(folders)]):
        name = distribution.metadata["Name"]
        if not name:
            continue  # an empty folder that a package left
        yield Part("pypi", "", re.sub(r"[-_.]+", "-", name).lower(), distribution.version)


def _jars(root: Path) -> Iterator[Part]:
    for jar in root.glob("**/*.jar"):
        if jar.is_symlink() or not jar.is_file():
            continue
        place = f"/{jar.relative_to(root).as_posix()}"
        digest = hashlib.sha256(jar.read_bytes()).hexdigest()
        published = list(_published(jar))
        for group, name, version in published:
            yield Part("maven", group, name, version, place, digest)
        if not published:
            named = _NAMED.match(jar.name)
            yield Part(
                "generic", "", named["name"] if named else jar.stem, named["version"] if named else "", place, digest
            )


def _published(jar: Path) -> Iterator[tuple[str, str, str]]:
    """What Maven wrote into a jar; several when it holds the classes of others too."""
    try:
        with zipfile.ZipFile(jar) as opened:
            for entry in opened.namelist():
                if re.fullmatch(r"META-INF/maven/[^/]+/[^/]+/pom\.properties", entry):
                    text = opened.read(entry).decode("utf-8", "replace")
                    fields = dict(re.findall(r"^(groupId|artifactId|version)=(.*?)\s*$", text, re.MULTILINE))
                    if len(fields) == 3:
                        yield fields["groupId"], fields["artifactId"], fields["version"]
    except zipfile.BadZipFile:
        return


def _runtimes(root: Path) -> Iterator[Part]:
    for release in root.glob("opt/*/release"):
        version = re.search(
            r'JAVA_RUNTIME_VERSION="([^"]+)"|JAVA_VERSION="([^"]+)"', release.read_text(encoding="utf-8")
        )
        if version:
            yield Part(
                "generic", "", "openjdk", version[1] or version[2], f"/{release.parent.relative_to(root).as_posix()}"
            )
