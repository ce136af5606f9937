"""Asks the service: address and token from the workspace's environment, answers checked.

Reads are tried three times when the service says 503; a POST is never repeated after that. After
401 the token file is read again, as the service renews it while the notebook runs. Redirects and
proxies are not followed: the token goes to ``BENCHTOP_URL`` and nowhere else.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchtop.errors import BenchtopError

if TYPE_CHECKING:
    from urllib.request import OpenerDirector, Request

_TRIES = 3
_LONGEST_WAIT = 10
_TIMEOUT_SECONDS = 30
_LONGEST_ANSWER = 10 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """An answer, read to its end."""

    status: int
    content_type: str
    retry_after: str | None
    body: bytes


class Client:
    """The way from a notebook to the service. Holds no state; threads may share one.

    Attributes:
        environment: where ``BENCHTOP_URL``, ``_TOKEN_FILE`` and ``_WORKSPACE`` are looked up, on
            every call anew.
    """

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.environment = environment
        self._wait = wait

    def get(self, path: str) -> dict[str, Any]:
        """Reads; may be tried again."""
        return self._ask("GET", path, None, _TRIES)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Changes something; asked once."""
        return self._ask("POST", path, body, 1)

    def change(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Changes something by ``PUT``, ``PATCH`` or ``DELETE``; asked once. An answer without content is empty."""
        return self._ask(method, path, body, 1)

    def read_by_post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Reads by a POST that changes nothing which a repetition would change again; may be tried again."""
        return self._ask("POST", path, body, _TRIES)

    def address(self) -> str:
        """Where the service is, without a slash at the end."""
        return self._variable("BENCHTOP_URL").rstrip("/")

    def token(self) -> str:
        """The workspace's token of this moment."""
        return self._token()

    def wait(self, seconds: float) -> None:
        """Waits between two tries."""
        self._wait(seconds)

    def workspace_id(self) -> str:
        """Id of the workspace this process runs in."""
        return self._variable("BENCHTOP_WORKSPACE")

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None, tries: int) -> dict[str, Any]:
        answer = self._authenticated(method, path, body)
        for _ in range(tries - 1):
            if answer.status != 503:
                break
            self._wait(wait_seconds(answer))
            answer = self._authenticated(method, path, body)
        if answer.status >= 300:
            raise refusal(answer, path)
        if answer.status == 204:
            return {}
        return json_object(answer, path)

    def _authenticated(self, method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
        base = self.address()
        token = self._token()
        answer = self._send(base, method, path, body, token)
        if answer.status == 401 and (renewed := self._token()) != token:
            answer = self._send(base, method, path, body, renewed)
        return answer

    def _send(self, base: str, method: str, path: str, body: Mapping[str, Any] | None, token: str) -> Answer:
        from http.client import HTTPException  # late: a kernel starts without waiting for these
        from urllib.error import HTTPError, URLError

        try:
            with _opener().open(_request(base + path, method, body, token), timeout=_TIMEOUT_SECONDS) as response:
                return _read(response)
        except HTTPError as error:
            with error:
                return _read(error)
        except (URLError, HTTPException, OSError, ValueError) as error:
            why = getattr(error, "reason", None) or error
            raise BenchtopError(
                "service_unreachable",
                f"Benchtop does not answer at {base} ({why}). Is it running? Try again in a moment.",
            ) from None

    def _token(self) -> str:
        file = Path(self._variable("BENCHTOP_TOKEN_FILE"))
        try:
            return file.read_text(encoding="ascii").strip()
        except (OSError, ValueError) as error:
            raise BenchtopError(
                "not_in_workspace",
                f"The workspace's token cannot be read from {file} ({error}). Restart the workspace to get a new one.",
            ) from None

    def _variable(self, name: str) -> str:
        value = self.environment.get(name)
        if not value:
            raise BenchtopError(
                "not_in_workspace",
                f"This does not run in a Benchtop workspace: {name} is not set. Start a workspace and run it there.",
            )
        return value


def _request(url: str, method: str, body: Mapping[str, Any] | None, token: str) -> Request:
    from urllib.request import Request

    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "User-Agent": "benchtop-python"}
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body, ensure_ascii=False).encode()
    return Request(url, data=data, headers=headers, method=method)


def _opener() -> OpenerDirector:
    from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

    class Straight(HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    return build_opener(ProxyHandler({}), Straight())


def _read(response: Any) -> Answer:
    headers = response.headers
    body = response.read(_LONGEST_ANSWER + 1)
    return Answer(response.status, headers.get_content_type(), headers.get("Retry-After"), body)


def wait_seconds(answer: Answer) -> float:
    """How long to wait before asking again: as ``Retry-After`` says, 1 without it, 10 at most."""
    return min(seconds_until_again(answer.retry_after), _LONGEST_WAIT)


def seconds_until_again(retry_after: str | None) -> int:
    """What ``Retry-After`` says; 1 without it."""
    readable = retry_after is not None and retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 9
    return int(retry_after) if retry_after and readable else 1


def refusal(answer: Answer, path: str) -> BenchtopError:
    """What an error status means: the service's own code and sentence, if it gave them."""
    if answer.content_type == "application/problem+json":
        problem = json_object(answer, path)
        code, detail = problem.get("code"), problem.get("detail") or problem.get("title")
        if isinstance(code, str) and isinstance(detail, str):
            return BenchtopError(code, detail)
    return BenchtopError(
        "unexpected_answer",
        f"{path} was answered with status {answer.status} and no explanation; "
        "something between here and Benchtop may have answered instead.",
    )


def json_object(answer: Answer, path: str) -> dict[str, Any]:
    """The body of an answer.

    Raises:
        BenchtopError: ``unexpected_answer`` if it is no JSON object.
    """
    try:
        value = json.loads(answer.body) if len(answer.body) <= _LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BenchtopError(
            "unexpected_answer",
            f"{path} was not answered with a JSON object; "
            "something between here and Benchtop may have answered instead.",
        )
    return value
