"""Benchtop asked as a program asks it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

from platform_process import Platform


class Api:
    """Benchtop's REST interface and MLflow's, asked with a person's token."""

    def __init__(self, platform: Platform, token: str) -> None:
        self._url = platform.url
        self._token = token

    def ask(self, path: str, body: dict | None = None, method: str | None = None) -> dict:
        """GET, or POST where there is a body, or another method."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{request.method} {path}: {refused.code} {refused.read().decode()}") from None

    def mlflow(self, path: str, body: dict | None = None) -> dict:
        return self.ask("/mlflow/api/2.0/mlflow/" + path, body)
