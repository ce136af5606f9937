"""How MLflow's own client proves inside a workspace who it is, and tells what a run has used when it ends.

A workspace sets ``MLFLOW_TRACKING_URI`` and ``MLFLOW_TRACKING_AUTH=benchtop``; MLflow finds this provider by the entry
point ``mlflow.request_auth_provider`` and asks it before each request. So the token, which is renewed while the
workspace runs, is never part of the environment, and is sent to Benchtop and nowhere else.

MLflow has no plugin for the end of a run. The provider sees the request that makes a run and the one that ends it, so
it tells between them what the process has used: whichever way a run was begun, several at once too.

See https://mlflow.org/docs/latest/ml/plugins/ (Request Auth Provider).
"""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CPU_SECONDS = "benchtop.used.cpu_seconds"
PEAK_MEMORY = "benchtop.used.peak_memory_bytes"

_CREATE = "/mlflow/runs/create"
_UPDATE = "/mlflow/runs/update"
_SET_TAG = "/mlflow/runs/set-tag"
_ENDED = ("FINISHED", "FAILED", "KILLED")
_TAG_SECONDS = 10


class TokenAuthProvider:
    """MLflow's ``RequestAuthProvider``, without importing MLflow. Threads may share it."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment
        self._begun: dict[str, float] = {}

    def get_name(self) -> str:
        """The value of ``MLFLOW_TRACKING_AUTH`` that chooses this provider."""
        return "benchtop"

    def get_auth(self) -> _Token:
        """What ``requests`` is given as ``auth``."""
        return _Token(self._environment, self._begun)


class _Token:
    """Signs a request of the library ``requests``."""

    def __init__(self, environment: Mapping[str, str], begun: dict[str, float]) -> None:
        self._environment = environment
        self._begun = begun

    def __call__(self, request: Any) -> Any:
        base = self._environment.get("BENCHTOP_URL", "").rstrip("/") + "/"
        file = self._environment.get("BENCHTOP_TOKEN_FILE")
        if file and base != "/" and str(request.url).startswith(base):
            request.headers["Authorization"] = f"Bearer {Path(file).read_text(encoding='ascii').strip()}"
            self._watch(request)
        return request

    def _watch(self, request: Any) -> None:
        if request.method != "POST":
            return
        if request.url.endswith(_CREATE):
            request.register_hook("response", self._begins)
        elif request.url.endswith(_UPDATE):
            self._ends(request)

    def _begins(self, response: Any, *_: Any, **__: Any) -> None:
        try:
            self._begun[response.json()["run"]["info"]["run_id"]] = cpu_seconds()
        except (ValueError, KeyError, TypeError):
            return  # it was refused

    def _ends(self, request: Any) -> None:
        try:
            told = json.loads(request.body)
            before = self._begun.pop(told["run_id"], None) if told.get("status") in _ENDED else None
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        if before is None:
            return
        used = {CPU_SECONDS: f"{cpu_seconds() - before:.2f}", PEAK_MEMORY: str(peak_memory_bytes())}
        for key, value in used.items():
            self._tag(
                request.url.removesuffix(_UPDATE) + _SET_TAG, {"run_id": told["run_id"], "key": key, "value": value}
            )

    def _tag(self, url: str, body: dict[str, str]) -> None:
        import requests  # MLflow's own, which sends the request that is signed here

        try:
            requests.post(url, json=body, auth=self, timeout=_TAG_SECONDS)
        except requests.RequestException:
            return  # what was used is worth less than the run's end


def cpu_seconds() -> float:
    """Processor time of this process and of its children that have ended, in seconds."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def peak_memory_bytes() -> int:
    """The most memory that this process has had at once since it began, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
