"""The proxy is killed, and the route table that it kept is lost or wrong (F10): its routes are right again at once."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from journeys import ADMIN, create_and_start
from platform_process import Platform, wait_until
from playwright.sync_api import Error, Page

pytestmark = pytest.mark.local

SLUG = "behind-the-proxy"
PREFIX = f"/user/{ADMIN}/{SLUG}/"


@pytest.fixture(scope="module")
def server(admin: Page, platform: Platform) -> str:
    """An address of a running server that answers its owner."""
    create_and_start(admin, platform, "Behind the proxy")
    return f"{platform.url}{PREFIX}api/status"


def lost(table: Path) -> None:
    table.unlink()


def torn(table: Path) -> None:
    table.write_text(table.read_text()[: table.stat().st_size // 2])


def wrong(table: Path) -> None:
    """Our route leads elsewhere, and there is one of a workspace that never was."""
    spoilt = json.loads(table.read_text())
    ours = next(route for route in spoilt["routes"] if route["prefix"] == PREFIX)
    ours["target"] = "http://127.0.0.1:9"
    spoilt["routes"].append(ours | {"prefix": f"/user/{ADMIN}/never-was/", "workspaceId": "ws_aaaaaaaaaaaa"})
    table.write_text(json.dumps(spoilt))


def kept(table: Path) -> dict[str, str | None]:
    """Nothing of a table that is still being spoilt or mended."""
    try:
        return {route["prefix"]: route.get("target") for route in json.loads(table.read_text())["routes"]}
    except ValueError:
        return {}


@pytest.mark.parametrize("spoil", [lost, torn, wrong])
def test_f10_a_killed_proxy_finds_its_routes_again_without_the_table_that_it_kept(
    spoil: Callable[[Path], None], admin: Page, platform: Platform, server: str, measured
):
    def status(url: str) -> int:
        try:
            return admin.request.get(url, max_redirects=0, timeout=20_000).status
        except Error:
            return 0  # nobody listens, or whoever did was killed

    def listening() -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", platform.port)) == 0

    # Given
    table = platform.data / "proxy" / "routes.json"
    # Not only that there is a route: it leads nowhere yet where the table was kept while the server started.
    wait_until(lambda: table.exists() and kept(table).get(PREFIX), 60, "the proxy to keep the way to the server")
    before = kept(table)
    wait_until(lambda: status(server) == 200, 60, "the server to be reached")

    # When
    killed = platform.pids()["proxyPid"]
    os.kill(killed, signal.SIGSTOP)  # or it may write once more
    spoil(table)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: platform.pids()["proxyPid"] != killed, 60, "another proxy")
    wait_until(listening, 60, "the other proxy to listen")

    # Then
    begun = time.monotonic()
    wait_until(lambda: status(server) == 200, 60, "the running server to be reached again")
    measured(f"killed proxy, table {spoil.__name__}: routes right {time.monotonic() - begun:.2f} s after listening (goal 2)")
    wait_until(lambda: status(f"{platform.url}/user/{ADMIN}/never-was/api/status") == 404, 60, "the wrong route to go")
    wait_until(lambda: table.exists() and kept(table) == before, 60, "the right table to be kept")
