"""Writes a bill of materials: ``python sbom.py ROOT NAME REFERENCE OUTPUT``.

CycloneDX JSON, made with the CycloneDX project's own library (``cyclonedx-python-lib``), which is the
one thing here that is not in the standard library: ``kernel-images/build`` runs this in an
environment made from ``sbom.lock``.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from building.contents import Part, list_parts


def make_bill(name: str, reference: str, parts: list[Part]) -> Bom:
    """The bill of one image."""
    bill = Bom()
    tag = reference.rpartition(":")[2]
    bill.metadata.component = Component(type=ComponentType.CONTAINER, name=name, version=tag, bom_ref=name)
    bill.components.update(_component(part) for part in parts)
    bill.register_dependency(bill.metadata.component, bill.components)
    return bill


def _component(part: Part) -> Component:
    address = PackageURL(part.kind, part.group or None, part.name, part.version or None)
    return Component(
        type=ComponentType.LIBRARY,
        group=part.group or None,
        name=part.name,
        version=part.version or None,
        bom_ref=f"{address}#{part.place}" if part.place else str(address),
        purl=address,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=part.sha256)] if part.sha256 else [],
        properties=[Property(name="benchtop:place", value=part.place)] if part.place else [],
    )


def main(root: str, name: str, reference: str, output: str) -> None:
    """Writes the bill of the image whose file system is at ``root``."""
    parts = list_parts(Path(root))
    bill = make_bill(name, reference, parts)
    outputter = make_outputter(bill, OutputFormat.JSON, SchemaVersion.V1_6)
    outputter.output_to_file(output, allow_overwrite=True, indent=1)
    print(f"{output}: {len(parts)} parts")


if __name__ == "__main__":
    main(*sys.argv[1:])
