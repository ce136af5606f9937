"""Which images there are, what each is made on top of, and the files that go into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from building.failure import BuildFailed
from preparing.parts import Files, files_below, sdk_metadata

ROOT = Path(__file__).resolve().parents[2]
_IMAGES = ROOT / "kernel-images"
_SDK = ROOT / "platform-sdk"


@dataclass(frozen=True)
class Recipe:
    """How one image is made.

    Attributes:
        name: its name in the registry.
        containerfile: what builds it.
        parent: the image of ours below it, or None: Debian.
        context: gives the files that the Containerfile may copy, by their place there.
        has_runtime: whether the context also gets ``runtime/``, a Java runtime.
    """

    name: str
    containerfile: Path
    parent: str | None
    context: Callable[[], Files]
    has_runtime: bool = False


def tools_files() -> dict[str, Path]:
    """What lies in ``/opt/benchtop`` of every server, by its place there."""
    python = _SDK / "python"
    files = {
        "bin/server": python / "lib" / "server",
        "lib/pod.py": python / "lib" / "pod.py",
        "lib/startup.py": python / "lib" / "startup.py",
        "lib/start-line.json": _IMAGES / "local" / "start-line.json",
        **files_below(_IMAGES / "demos", "demos/"),
        **files_below(_IMAGES / "tools" / "etc", "etc/"),
    }
    for package, place in (
        ("benchtop_pod", "lib/"),
        ("benchtop_local", "lib/"),
        ("benchtop_server", "py/"),
        ("benchtop", "py/"),
    ):
        files |= files_below(python / "src" / package, f"{place}{package}/")
    return files | sdk_metadata(python, "py/")


def java_sdk_files() -> dict[str, Path]:
    """The Java SDK for notebooks, and what Spark finds datasets with, by their place in the tools."""
    jars = _jars(_SDK / "java" / "target", "benchtop-sdk.jar", "java/sdk/", "java/sdk/")
    return jars | _jars(_SDK / "spark" / "target", "benchtop-sdk-spark.jar", "java/sdk/", "java/sdk/")


def _tools() -> Files:
    files = {**tools_files(), **java_sdk_files(), **{name: _IMAGES / "tools" / name for name in ("install", "home")}}
    return {f"tools/{name}": path for name, path in files.items()}


def _environment() -> Files:
    """What ``prepare_image.py`` needs; a change to the rest of local mode makes no new images."""
    local = _IMAGES / "local"
    preparing = files_below(local / "preparing", "local/preparing/")
    needless = {f"local/preparing/{name}.py" for name in ("command", "parts", "pruning")}
    names = ("prepare_image.py", "requirements.lock", "installer.lock")
    return {
        **{f"local/{name}": local / name for name in names},
        **{name: path for name, path in preparing.items() if name not in needless},
    }


def _program(module: Path, name: str) -> Callable[[], Files]:
    def files() -> Files:
        jars = _jars(module / "target", f"{name}.jar", "program/", "program/lib/")
        return {**jars, "program/java.args": module / "java.args"}

    return files


def _model_server() -> Files:
    """The program, and two models that it serves once while its image is built."""
    module = ROOT / "workspace-service" / "model-server"
    models = module / "src" / "test" / "resources"
    return {
        **_program(module, "benchtop-model-server")(),
        "warm-up/warm-up": module / "warm-up",
        **files_below(models / "models" / "iris", "warm-up/iris/"),
        **files_below(models / "torchscript" / "flower", "warm-up/flower/"),
    }


def _model_server_gpu() -> Files:
    module = ROOT / "workspace-service" / "model-server"
    runtime = module / "target" / "gpu" / "onnxruntime_gpu.jar"
    if not runtime.exists():
        raise BuildFailed(f"{runtime} is missing. Fetch it first: mvn -Dquick -Pgpu package")
    return {"gpu/onnxruntime_gpu.jar": runtime, "gpu/requirements.lock": module / "gpu" / "requirements.lock"}


def _jars(target: Path, program: str, place: str, libraries: str) -> dict[str, Path]:
    if not (target / program).exists():
        raise BuildFailed(f"{target / program} is missing. Build it first: mvn -Dquick package")
    jars = {f"{libraries}{jar.name}": jar for jar in sorted((target / "lib").glob("*.jar"))}
    return {f"{place}{program}": target / program, **jars}


def _notebook(name: str, parent: str) -> Recipe:
    folder = _IMAGES / name
    return Recipe(name, folder / "Containerfile", parent, lambda: {**_environment(), **files_below(folder, f"{name}/")})


ON_DEMAND = ("gpu", "model-server-gpu")
"""Images that are only built by name, because they weigh gigabytes."""

RECIPES = {
    recipe.name: recipe
    for recipe in (
        Recipe("tools", _IMAGES / "tools" / "Containerfile", None, _tools),
        Recipe("base", _IMAGES / "base" / "Containerfile", None, _environment),
        _notebook("cpu", "base"),
        _notebook("spark", "cpu"),
        _notebook("gpu", "cpu"),
        Recipe(
            "service",
            ROOT / "workspace-service" / "service" / "Containerfile",
            None,
            _program(ROOT / "workspace-service" / "service", "benchtop-service"),
            has_runtime=True,
        ),
        Recipe(
            "proxy",
            ROOT / "proxy" / "Containerfile",
            None,
            _program(ROOT / "proxy", "benchtop-proxy"),
            has_runtime=True,
        ),
        Recipe(
            "model-server",
            ROOT / "workspace-service" / "model-server" / "Containerfile",
            None,
            _model_server,
            has_runtime=True,
        ),
        Recipe(
            "model-server-gpu",
            ROOT / "workspace-service" / "model-server" / "gpu" / "Containerfile",
            "model-server",
            _model_server_gpu,
        ),
    )
}


def with_parents(names: list[str]) -> list[Recipe]:
    """The recipes of these images and of all below them, parents first.

    Raises:
        BuildFailed: one is not known.
    """
    ordered: dict[str, Recipe] = {}

    def add(name: str) -> None:
        recipe = RECIPES.get(name)
        if recipe is None:
            raise BuildFailed(f"There is no image {name!r}; there are {', '.join(RECIPES)}.")
        if recipe.parent:
            add(recipe.parent)
        ordered[name] = recipe

    for name in names:
        add(name)
    return list(ordered.values())
