"""The prepared environment and one running server, made once for all tests that need them."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from benchtop.client import Client
from benchtop.data.catalogue import Catalogue
from building.catalogue import tools_files
from dataset_service import DatasetService, version
from fake_benchtop import FakeBenchtop
from model_service import ModelService
from pod_image import Pod
from preparing import parts
from running_server import RunningServer
from serving_service import ServingService
from shim_server import ShimServer

SOURCE = Path(__file__).parents[1]
PREPARE = Path(__file__).parents[3] / "kernel-images" / "local" / "prepare.py"


def java_sdk():
    """The Java SDK's jars as Maven leaves them; none before ``mvn package``."""
    built, spark = SOURCE.parent / "java" / "target", SOURCE.parent / "spark" / "target"
    return [*built.glob("benchtop-sdk.jar"), *(built / "lib").glob("*.jar"), *spark.glob("benchtop-sdk-spark.jar")]


@pytest.fixture
def sdk_on_a_path(tmp_path):
    """The SDK's distribution as it is found in a workspace, where nobody installed it and it only lies on the path."""
    for name, source in parts.sdk_metadata(SOURCE, "py/").items():
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    [found] = distributions(path=[str(tmp_path / "py")])
    return found


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A data folder with a prepared environment; ``BENCHTOP_TEST_ENVIRONMENT`` names one to use again."""
    reused = os.environ.get("BENCHTOP_TEST_ENVIRONMENT")
    folder = Path(reused).absolute() if reused else tmp_path_factory.mktemp("data")
    jars = tmp_path_factory.mktemp("sdk-jars")
    for jar in java_sdk():
        shutil.copy(jar, jars)
    command = [sys.executable, str(PREPARE), "--data", str(folder), "--sdk-jars", str(jars)]
    prepared = subprocess.run(command, capture_output=True, text=True)
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    return folder


@pytest.fixture(scope="session")
def current(data):
    """What ``current.json`` says."""
    return json.loads((data / "environments" / "current.json").read_text())


@pytest.fixture(scope="session")
def benchtop_service():
    """A small service with alice and her workspace."""
    with FakeBenchtop() as service:
        yield service


@pytest.fixture
def new_server(current, tmp_path):
    """Makes servers of one's own, stopped at the end whatever happens."""
    made = []

    def make(**settings):
        made.append(RunningServer(tmp_path, current, **settings))
        return made[-1]

    yield make
    for running in made:
        running.stop()


@pytest.fixture(scope="session")
def server(current, tmp_path_factory, benchtop_service):
    """A real JupyterLab of alice's workspace."""
    running = RunningServer(tmp_path_factory.mktemp("server"), current, benchtop_service.url, benchtop_service.token)
    yield running.start()
    running.stop()


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """The shim laid out as the prepared environment has it."""
    library = tmp_path_factory.mktemp("lib-benchtop")
    shutil.copy(SOURCE / "lib" / "shim.py", library)
    (library / "benchtop_local").symlink_to(SOURCE / "src" / "benchtop_local")
    return library / "shim.py"


@pytest.fixture
def kept(tmp_path, shim):
    """A server whose program is a shell script."""
    made = ShimServer(tmp_path / "server", shim)
    yield made
    made.clean()


@pytest.fixture
def tools(tmp_path):
    """The tools as the init container lays them."""
    for name, source in tools_files().items():
        copy = tmp_path / "tools" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
        copy.chmod(source.stat().st_mode)
    return tmp_path / "tools"


@pytest.fixture
def pod(tmp_path, tools):
    return Pod(tmp_path, tools)


@pytest.fixture
def make_datasets(tmp_path):
    """Makes a service and a catalogue that asks it; waits are noted, not waited."""
    token = tmp_path / "token"
    token.write_text("case-token\n")
    opened = []

    def make(told=None, files=None, **settings):
        told = told or version(format="files", files=files)
        service = DatasetService(told, files, **settings).__enter__()
        opened.append(service)
        waits = []
        environment = {"BENCHTOP_URL": service.url, "BENCHTOP_TOKEN_FILE": str(token)}
        service.waits = waits
        return service, Catalogue(Client(environment, waits.append))

    yield make
    for service in opened:
        service.__exit__()


@pytest.fixture
def registry(tmp_path):
    """A registry of models and a client that asks it; waits are noted, not waited."""
    with ModelService() as service:
        yield service, asking(service, tmp_path)


@pytest.fixture
def serving(tmp_path):
    """The same with endpoints."""
    with ServingService() as service:
        yield service, asking(service, tmp_path)


def asking(service, folder):
    (folder / "token").write_text("case-token\n")
    service.waits = []
    service.environment = {"BENCHTOP_URL": service.url, "BENCHTOP_TOKEN_FILE": str(folder / "token")}
    return Client(service.environment, service.waits.append)
