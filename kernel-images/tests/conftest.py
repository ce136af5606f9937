"""The images, built and pushed where the cluster finds them, and servers of them; each made once."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from building.catalogue import ROOT
from cluster import Cluster, is_there
from pod_server import PodServer, WarmServer

BUILD = ROOT / "kernel-images" / "build"


@pytest.fixture(scope="session")
def registry():
    """Where the cluster pulls from; without a cluster these tests say so, in CI they fail."""
    registry = os.environ.get("TEST_REGISTRY")
    if registry and is_there():
        return registry
    sentence = "There is no cluster: set KUBECONFIG, and TEST_REGISTRY to a registry that it pulls from."
    if os.environ.get("CI") == "true" and os.environ.get("BENCHTOP_WITHOUT_CLUSTER") != "true":
        pytest.fail(sentence)
    return pytest.skip(sentence)


@pytest.fixture(scope="session")
def images(registry, tmp_path_factory):
    """Gives the reference of an image by its name."""
    known = {}

    def image(name):
        if name not in known:
            output = tmp_path_factory.mktemp("build") / "images.json"
            command = [sys.executable, BUILD, name, "--registry", f"{registry}/benchtop", "--push", "--insecure"]
            built = subprocess.run([*command, "--output", output], capture_output=True, text=True)
            assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
            known.update(json.loads(output.read_text()))
        return known[name]

    return image


@pytest.fixture(scope="session")
def cluster(registry):
    with Cluster() as made:
        yield made


@pytest.fixture
def new_server(cluster, images):
    """Makes servers, removed at the end whatever happens."""
    yield from _makers(PodServer, cluster, images)


@pytest.fixture
def new_warm_server(cluster, images):
    """Makes servers that are nobody's yet."""
    yield from _makers(WarmServer, cluster, images)


def _makers(kind, cluster, images):
    made = []

    def make(image, **settings):
        name = f"ws-{uuid.uuid4().hex[:8]}"
        made.append(kind(cluster, name, image, images("tools"), **settings))
        return made[-1]

    yield make
    for server in made:
        server.remove()


@pytest.fixture(scope="module")
def foreign(registry, tmp_path_factory):
    """An image that was not made by us."""
    from building.engine import Build, find_engine
    from building.machine import describe_machine

    engine = find_engine(insecure=True)
    reference = f"{registry}/tests/foreign:1"
    if not engine.is_pushed(reference):
        machine = tmp_path_factory.mktemp("machine")
        describe_machine(machine, "bookworm")
        containerfile = Path(__file__).parent / "foreign" / "Containerfile"
        engine.build(Build(reference, containerfile, containerfile.parent, machine, {}))
        engine.push(reference)
    return reference
