"""Bodies that are streamed in either direction.

The token goes to ``BENCHTOP_URL`` and nowhere else: an address that begins with ``/`` is asked of the
service with it, an absolute one (presigned: whoever knows it may read) of the store without. No
absolute address is ever part of an error. Redirects and proxies are not followed.

Connections that were read to their end are used again for reads. Threads may share a ``Wire``.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from benchtop.client import Answer, Client, refusal, wait_seconds
from benchtop.errors import BenchtopError

BROKEN = (OSError, HTTPException)
"""What a connection that broke raises."""

_TIMEOUT_SECONDS = 60
_LONGEST_REFUSAL = 1024 * 1024
_KEPT = 4

Place = tuple[str, str, int | None]


class Reply:
    """An answer that is being read. Not for two threads at once."""

    def __init__(self, wire: Wire, place: Place, connection: HTTPConnection, response: HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self._wire, self._place, self._connection, self._response = wire, place, connection, response

    def read(self, count: int) -> bytes:
        """Reads up to so many bytes, fewer at the end only.

        Raises:
            OSError | HTTPException: it broke off.
        """
        return self._response.read(count)

    def read_into(self, view: memoryview) -> int:
        """Reads some bytes into memory; 0 at the end."""
        return self._response.readinto(view)

    def answer(self) -> Answer:
        """An error's whole body."""
        body = self._response.read(_LONGEST_REFUSAL + 1)
        return Answer(self.status, self.headers.get_content_type(), self.headers.get("Retry-After"), body)

    def close(self) -> None:
        """Ends it; a body that was not read to its end is cancelled."""
        whole = self._response.isclosed() or self._response.length == 0
        reusable = whole and not self._response.will_close
        self._response.close()
        if reusable:
            self._wire.keep(self._place, self._connection)
        else:
            self._connection.close()

    def __enter__(self) -> Reply:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Wire:
    """Asks service and stores for bodies."""

    def __init__(self, client: Client, timeout: float = _TIMEOUT_SECONDS) -> None:
        self.client = client
        self._timeout = timeout
        self._kept: dict[Place, list[HTTPConnection]] = {}
        self._lock = threading.Lock()

    def ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | memoryview | None = None,
        repeatable: bool = False,
    ) -> Reply:
        """Asks once, or twice where the token has been renewed meanwhile.

        Args:
            method: ``GET``, ``PUT`` and so on.
            url: a path of the service, or a presigned address.
            headers: further ones.
            body: sent as ``application/octet-stream`` unless the headers say otherwise.
            repeatable: whether it changes nothing, whatever its method: a connection is then used again, and it is
                asked anew where the other side had ended that.

        Raises:
            OSError | HTTPException: nobody answered.
            BenchtopError: ``not_in_workspace``.
        """
        if not url.startswith("/"):
            return self._send(method, url, dict(headers or {}), body, repeatable)
        token = self.client.token()
        reply = self._own(method, url, headers, body, token, repeatable)
        if reply.status == 401 and (renewed := self.client.token()) != token:
            reply.close()
            reply = self._own(method, url, headers, body, renewed, repeatable)
        return reply

    def keep(self, place: Place, connection: HTTPConnection) -> None:
        """Keeps a connection for the next read."""
        with self._lock:
            kept = self._kept.setdefault(place, [])
            if len(kept) < _KEPT:
                kept.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Ends the connections that nobody uses; it may be used on."""
        with self._lock:
            kept, self._kept = self._kept, {}
        for connections in kept.values():
            for connection in connections:
                connection.close()

    def __del__(self) -> None:
        self.close()

    def pause(self, reply: Reply | None, failures: int) -> None:
        """Waits before another try: as the answer says, or longer with each failure (10 s at most)."""
        asked = wait_seconds(Answer(503, "", reply.headers.get("Retry-After"), b"")) if reply is not None else 0
        self.client.wait(max(asked, min(2 ** (failures - 1), 10)))

    def _own(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None,
        body: bytes | memoryview | None,
        token: str,
        repeatable: bool,
    ) -> Reply:
        sent = {"Authorization": f"Bearer {token}", "User-Agent": "benchtop-python", **(headers or {})}
        return self._send(method, self.client.address() + path, sent, body, repeatable)

    def _send(
        self, method: str, url: str, headers: dict[str, str], body: bytes | memoryview | None, repeatable: bool
    ) -> Reply:
        parts = urlsplit(url)
        place = (parts.scheme, parts.hostname or "", parts.port)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if body is not None:
            headers.setdefault("Content-Type", "application/octet-stream")
        kept = self._take(place) if method == "GET" or repeatable else None
        if kept is not None:
            try:
                return self._exchange(kept, place, method, path, headers, body)
            except TimeoutError:
                raise  # it is there, and does not answer: asking again would only double the wait
            except BROKEN:
                kept.close()  # it was idle too long for the other side
        return self._exchange(_connection(place, self._timeout), place, method, path, headers, body)

    def _exchange(
        self,
        connection: HTTPConnection,
        place: Place,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes | memoryview | None,
    ) -> Reply:
        try:
            connection.request(method, path, body=body, headers=headers)
            return Reply(self, place, connection, connection.getresponse())
        except BaseException:
            connection.close()
            raise

    def _take(self, place: Place) -> HTTPConnection | None:
        with self._lock:
            kept = self._kept.get(place)
            return kept.pop() if kept else None


def refused(reply: Reply, what: str) -> BenchtopError:
    """What an error status of the service means."""
    return refusal(reply.answer(), what)


def unreachable(client: Client, error: Exception) -> BenchtopError:
    """Nobody answered at the service's address."""
    return BenchtopError(
        "service_unreachable",
        f"Benchtop does not answer at {client.address()} ({reason(error)}). Is it running? Try again in a moment.",
    )


def reason(error: Exception) -> str:
    """Why a connection broke, without any address."""
    return getattr(error, "strerror", None) or type(error).__name__


def below(path: str) -> str:
    """A path of a file as part of an address."""
    return quote(path, safe="/=")


def _connection(place: Place, timeout: float) -> HTTPConnection:
    scheme, host, port = place
    kind: Any = {"http": HTTPConnection, "https": HTTPSConnection}.get(scheme)
    if kind is None or not host:
        raise BenchtopError("unexpected_answer", "An address of Benchtop's answer is neither http nor https.")
    made: HTTPConnection = kind(host, port, timeout=timeout)
    return made
