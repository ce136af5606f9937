"""The script that builds the images, with small programs in the place of buildah and skopeo."""

import json
import os
import re
import stat
import subprocess
import sys

import pytest

from building import machine
from building.catalogue import RECIPES, ROOT, Recipe, with_parents
from building.contents import Part, list_parts
from building.context import Inputs, stage
from building.failure import BuildFailed

BUILD = ROOT / "kernel-images" / "build"


@pytest.fixture
def engine(tmp_path):
    """Programs that write down how they are called; files named after images say what is where."""
    programs = tmp_path / "bin"
    programs.mkdir()
    script = f'#!/bin/sh\necho "$(basename "$0") $*" >>{tmp_path}/calls\n'
    scripts = {
        "buildah": f'case $1 in inspect) [ -e {tmp_path}/here ] ;; images) echo \'[{{"size": "12 MB"}}]\' ;; esac\n',
        "skopeo": f"[ -e {tmp_path}/pushed ]\n",
    }
    for name, body in scripts.items():
        (programs / name).write_text(script + body)
        (programs / name).chmod(0o755)
    return Engine(tmp_path)


class Engine:
    def __init__(self, folder):
        self.folder = folder

    def run(self, *arguments):
        output = self.folder / "images.json"
        command = [sys.executable, BUILD, *arguments, "--registry", "registry.example/team", "--output", output]
        environ = {**os.environ, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}
        done = subprocess.run(command, env=environ, capture_output=True, text=True)
        calls = self.folder / "calls"
        self.calls = calls.read_text().splitlines() if calls.exists() else []
        return done

    def verbs(self):
        return [" ".join(call.split()[:2]) for call in self.calls]


def test_builds_parents_first_and_pushes(engine):
    # When
    done = engine.run("cpu", "--push")

    # Then
    assert done.returncode == 0, done.stderr
    references = json.loads((engine.folder / "images.json").read_text())
    assert list(references) == ["base", "cpu"]
    assert re.fullmatch(r"registry\.example/team/cpu:[0-9a-f]{16}", references["cpu"])
    assert (
        engine.verbs() == ["skopeo inspect", "buildah inspect", "buildah build", "buildah push", "buildah images"] * 2
    )
    build = next(call for call in engine.calls if "cpu/Containerfile" in call)
    assert f"--build-arg PARENT={references['base']}" in build
    # Or the cache would give the layer of another environment.
    assert f"--build-arg CONTENT={references['cpu'].rsplit(':')[-1]}" in build


def test_steps_that_mount_the_context_name_its_content():
    for recipe in RECIPES.values():
        text = recipe.containerfile.read_text()
        if "type=bind,source=" in text:
            assert text.index("\nARG CONTENT\n") < text.index("type=bind,source="), recipe.name


def test_builds_nothing_that_the_registry_has(engine):
    # Given
    (engine.folder / "pushed").touch()

    # When
    done = engine.run("base", "--push")

    # Then
    assert "is in the registry" in done.stdout
    assert engine.verbs() == ["skopeo inspect"]


def test_pushes_what_is_already_built(engine):
    # Given
    (engine.folder / "here").touch()

    # When
    done = engine.run("base", "--push", "--insecure")

    # Then
    assert "12 MB" in done.stdout
    assert engine.verbs() == ["skopeo inspect", "buildah inspect", "buildah push", "buildah images"]
    assert "--tls-verify=false" in engine.calls[2]


def test_tells_which_images_there_are(engine):
    # When
    done = engine.run("torch")

    # Then
    assert done.returncode == 1
    known = "tools, base, cpu, spark, gpu, service, proxy, model-server, model-server-gpu"
    assert done.stderr == f"There is no image 'torch'; there are {known}.\n"


def test_an_image_is_named_by_all_that_goes_into_it(tmp_path):
    # Given
    (tmp_path / "Containerfile").write_text("FROM x")
    (tmp_path / "file").write_text("one")
    recipe = Recipe("x", tmp_path / "Containerfile", None, lambda: {"file": tmp_path / "file"})
    first = Inputs("debian:1").tag(recipe)

    # Then
    assert Inputs("debian:1").tag(recipe) == first
    assert Inputs("debian:2").tag(recipe) != first
    (tmp_path / "file").write_text("two")
    second = Inputs("debian:1").tag(recipe)
    assert second != first
    (tmp_path / "Containerfile").write_text("FROM y")
    assert Inputs("debian:1").tag(recipe) not in (first, second)


def test_an_image_is_renamed_with_the_one_below():
    assert Inputs("debian:1").tag(RECIPES["cpu"]) != Inputs("debian:2").tag(RECIPES["cpu"])


def test_knows_what_is_below():
    assert [recipe.name for recipe in with_parents(["spark", "gpu"])] == ["base", "cpu", "spark", "gpu"]


def test_everybody_may_read_what_is_copied(tmp_path):
    # Given
    script = tmp_path / "script"
    script.write_text("")
    script.chmod(0o700)
    secret = tmp_path / "text"
    secret.write_text("")
    secret.chmod(0o600)

    # When
    stage(Recipe("x", script, None, lambda: {"a/script": script, "text": secret}), tmp_path / "context")

    # Then
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "context").rglob("*") if path.is_file()
    }
    assert modes == {"script": 0o755, "text": 0o644}


def test_a_program_that_is_not_built_is_told(tmp_path, monkeypatch):
    # Given
    monkeypatch.setattr("building.catalogue._SDK", tmp_path)

    # When
    with pytest.raises(BuildFailed) as failed:
        RECIPES["tools"].context()

    # Then
    assert "benchtop-sdk.jar is missing. Build it first: mvn -Dquick package" in str(failed.value)


def test_hands_on_how_this_machine_reaches_its_indexes(tmp_path, monkeypatch):
    # Given
    certificate = tmp_path / "company.pem"
    certificate.write_text("certificate")
    settings = {"index-url": "https://index.example/simple", "cert": str(certificate), "find-links": "/wheels"}
    monkeypatch.setattr(machine, "pip_settings", lambda: settings)
    (tmp_path / "machine").mkdir()

    # When
    machine.describe_machine(tmp_path / "machine", "debian:bookworm-slim")

    # Then
    assert (tmp_path / "machine" / "pip.conf").read_text().splitlines() == [
        "[global]",
        "disable-pip-version-check = true",
        "index-url = https://index.example/simple",
        "cert = /run/machine/ca.pem",
    ]
    assert (tmp_path / "machine" / "ca.pem").read_text() == "certificate"
    assert (tmp_path / "machine" / "apt.conf").exists()


@pytest.mark.parametrize(
    ("program", "lists"), [("service", ["EVERY_JVM", "SERVICE_JVM"]), ("proxy", ["EVERY_JVM", "PROXY_JVM"])]
)
def test_programs_are_started_with_the_flags_of_local_mode(program, lists):
    # Given
    source = (ROOT / "platform-sdk/cli/src/main/java/io/benchtop/cli/local/LaunchLines.java").read_text()
    declared = [re.search(rf"{name} =\s+List\.of\((.*?)\);", source, re.DOTALL)[1] for name in lists]
    flags = [flag for declaration in declared for flag in re.findall(r'"(-[^"]+)"', declaration)]

    # When
    arguments = RECIPES[program].containerfile.with_name("java.args").read_text().splitlines()

    # Then
    assert len(flags) > 3
    assert [line for line in arguments if line.startswith("-")][: len(flags)] == flags


def test_the_model_server_is_started_with_the_flags_of_local_mode_and_a_share_of_the_memory():
    # Given
    module = ROOT / "workspace-service/service/src/main/java/io/benchtop/service/endpoint/local"
    flags = re.findall(r'"(-+[^"]+)",', (module / "ModelServerProgram.java").read_text().split("command(")[1])

    # When
    arguments = RECIPES["model-server"].containerfile.with_name("java.args").read_text().splitlines()

    # Then
    assert {"-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"} < set(flags)
    assert set(flags) - {"-Xmx", "-cp"} <= set(arguments)
    assert "-XX:MaxRAMPercentage=25" in arguments


def test_names_no_host_but_that_of_the_image_below():
    for recipe in RECIPES.values():
        text = recipe.containerfile.read_text()
        assert not re.search(r"https?://", text), recipe.name
        assert set(re.findall(r"[a-z]+\.(?:io|org|com|net)/\S*", text)) <= {"docker.io/library/debian:bookworm-slim"}


def test_lists_what_an_image_is_made_of(tmp_path):
    # Given
    root = debian_with_a_package_and_a_jar(tmp_path)

    # Then
    assert list_parts(root) == [
        Part("deb", "debian", "bash", "5.2"),
        Part(
            "generic",
            "",
            "unknown",
            "1.0",
            "/opt/unknown-1.0.jar",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        Part("pypi", "", "some-package", "2.1"),
    ]


def debian_with_a_package_and_a_jar(root):
    status = root / "var" / "lib" / "dpkg" / "status"
    status.parent.mkdir(parents=True)
    status.write_text(
        "Package: bash\nStatus: install ok installed\nVersion: 5.2\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n"
    )
    package = root / "opt" / "env" / "lib" / "Some_Package-2.1.dist-info" / "METADATA"
    package.parent.mkdir(parents=True)
    package.write_text("Metadata-Version: 2.1\nName: Some_Package\nVersion: 2.1\n")
    (root / "opt" / "unknown-1.0.jar").touch()
    return root
