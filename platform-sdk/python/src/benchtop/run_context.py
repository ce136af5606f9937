"""What MLflow's client tells of a run by itself in a workspace: the notebook, its code, the state of git, the image.

MLflow finds this provider by the entry point ``mlflow.run_context_provider`` and asks it when a run begins. The Java
SDK tells the same tags.

See https://mlflow.org/docs/latest/ml/plugins/ (Run Context Provider).
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

NOTEBOOK_CODE = "benchtop.notebook.code_sha256"
IMAGE = "benchtop.image"

_NAME = "mlflow.source.name"
_TYPE = "mlflow.source.type"
_COMMIT = "mlflow.source.git.commit"
_BRANCH = "mlflow.source.git.branch"
_DIRTY = "mlflow.source.git.dirty"
_REPOSITORY = "mlflow.source.git.repoURL"

_GIT_SECONDS = 5


class WorkspaceRunContext:
    """MLflow's ``RunContextProvider``, without importing MLflow. Never fails: what cannot be found out is left out."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def in_context(self) -> bool:
        """Whether this is a workspace."""
        return "BENCHTOP_WORKSPACE" in self._environment

    def tags(self) -> dict[str, str]:
        """Tags of a run that begins now."""
        image = self._environment.get("BENCHTOP_IMAGE")
        notebook = self._notebook()
        folder = notebook.parent if notebook else Path.cwd()
        return {
            **({IMAGE: image} if image else {}),
            **(self._of(notebook) if notebook else {}),
            **git_state(folder),
        }

    def notebook(self) -> dict[str, str]:
        """Those of the tags that tell of the notebook; none where it is not known."""
        notebook = self._notebook()
        return self._of(notebook) if notebook else {}

    def _notebook(self) -> Path | None:
        """Jupyter Server tells each kernel of which notebook it is."""
        told = self._environment.get("JPY_SESSION_NAME", "")
        path = Path(told)
        return path if told.endswith(".ipynb") and path.is_file() else None

    def _of(self, notebook: Path) -> dict[str, str]:
        home = Path(self._environment.get("HOME", "/"))
        name = notebook.relative_to(home) if notebook.is_relative_to(home) else notebook
        code = code_hash(notebook)
        return {_NAME: str(name), _TYPE: "NOTEBOOK", **({NOTEBOOK_CODE: code} if code else {})}


def made_here(environment: Mapping[str, str]) -> dict[str, Any]:
    """Notebook and image of this process as the registry of models tells them, as far as they are known."""
    context = WorkspaceRunContext(environment)
    notebook = context.notebook()
    image = environment.get("BENCHTOP_IMAGE")
    told = {"path": notebook.get(_NAME), "sha256": notebook.get(NOTEBOOK_CODE)}
    return {**({"notebook": told} if all(told.values()) else {}), **({"image": image} if image else {})}


def code_hash(notebook: Path) -> str | None:
    """SHA-256 of the cells of code of a notebook as it was last saved, each in UTF-8 and ended by a byte 0.

    Outputs are not part of it, so that running a notebook again does not change it. None if it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                source = cell["source"]
                digest.update((source if isinstance(source, str) else "".join(source)).encode() + b"\0")
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return digest.hexdigest()


def git_state(folder: Path) -> dict[str, str]:
    """MLflow's tags of the repository that a folder is in; empty where there is none, or no git."""
    commit = _git(folder, "rev-parse", "HEAD")
    if not commit:
        return {}
    changes = _git(folder, "status", "--porcelain", "--untracked-files=no")
    found = {
        _COMMIT: commit,
        _BRANCH: _git(folder, "branch", "--show-current"),
        _REPOSITORY: _without_credentials(_git(folder, "config", "--get", "remote.origin.url") or ""),
        _DIRTY: None if changes is None else str(bool(changes)).lower(),
    }
    return {tag: value for tag, value in found.items() if value}


def _git(folder: Path, *arguments: str) -> str | None:
    # No lock is taken: a person's own git in a terminal must not find one.
    command = ["git", "--no-optional-locks", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _without_credentials(url: str) -> str:
    """People write tokens into the addresses of their repositories."""
    try:
        parts = urlsplit(url)
        if parts.username is None and parts.password is None:
            return url
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=host))
    except ValueError:
        return ""
