"""Benchtop's REST interface as a person's program uses it."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

PASSWORD = "correct horse battery"


class Rest:
    """One person's way in."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token

    def ask(self, path: str, body: dict[str, Any] | None = None, method: str | None = None) -> dict[str, Any]:
        """GET, or POST where there is a body, or another method; a refusal fails with what it says."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return dict(json.loads(answer.read() or b"{}"))
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{request.method} {path}: {refused.code} {refused.read().decode()}") from None

    def mlflow(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """MLflow's interface."""
        return self.ask("/mlflow/api/2.0/mlflow/" + path, body)


def signed_in(url: str, link: str, name: str) -> Rest:
    """Follows the link that a new person gets, and signs in with the password given there."""
    form = urllib.parse.urlencode({"name": name, "displayName": name, "password": PASSWORD, "repeated": PASSWORD})
    urllib.request.build_opener(NoRedirect).open(
        urllib.request.Request(link, form.encode(), {"Origin": url}), timeout=20
    )
    login = json.dumps({"name": name, "password": PASSWORD}).encode()
    request = urllib.request.Request(url + "/api/v1/login", login, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return Rest(url, json.load(answer)["token"])


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The answer to the form is what is wanted, not the page that it leads to."""

    def redirect_request(self, *_: object) -> None:
        return None

    def http_error_303(self, _request: object, answer: object, *_: object) -> object:
        return answer
