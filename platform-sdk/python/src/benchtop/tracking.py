"""How MLflow's own client proves inside a workspace who it is.

A workspace sets ``MLFLOW_TRACKING_URI`` and ``MLFLOW_TRACKING_AUTH=benchtop``; MLflow finds this provider by the entry
point ``mlflow.request_auth_provider`` and asks it before each request. So the token, which is renewed while the
workspace runs, is never part of the environment, and is sent to Benchtop and nowhere else.

See https://mlflow.org/docs/latest/ml/plugins/ (Request Auth Provider).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class _Token:
    """Signs a request of the library ``requests``."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def __call__(self, request: Any) -> Any:
        base = self._environment.get("BENCHTOP_URL", "").rstrip("/") + "/"
        file = self._environment.get("BENCHTOP_TOKEN_FILE")
        if file and base != "/" and str(request.url).startswith(base):
            request.headers["Authorization"] = f"Bearer {Path(file).read_text(encoding='ascii').strip()}"
        return request


class TokenAuthProvider:
    """MLflow's ``RequestAuthProvider``, without importing MLflow."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def get_name(self) -> str:
        """The value of ``MLFLOW_TRACKING_AUTH`` that chooses this provider."""
        return "benchtop"

    def get_auth(self) -> _Token:
        """What ``requests`` is given as ``auth``."""
        return _Token(self._environment)
