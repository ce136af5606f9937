"""Sessions end everywhere: the open notebook's WebSocket too (S05)."""

from __future__ import annotations

import time

import lab
import pytest
from conftest import new_context
from journeys import PERSONS_PASSWORD, create_and_start, person, sign_in
from platform_process import Platform, wait_until
from playwright.sync_api import Browser, Page, expect


@pytest.fixture(scope="module")
def grace(chromium: Browser, platform: Platform, admin: Page):
    page = person(new_context(chromium), platform, admin, "grace")
    yield page
    page.context.close()


def open_socket(page: Page):
    """The kernel's WebSocket of a notebook that has just been opened, and the list that its closing lands in."""
    closed: list[float] = []
    sockets = []

    def seen(socket) -> None:
        if "/channels" in socket.url:
            sockets.append(socket)
            socket.on("close", lambda _: closed.append(time.monotonic()))

    page.on("websocket", seen)
    lab.wait_for_launcher(page)
    lab.new_notebook(page, lab.PYTHON)
    lab.run_cell(page, "print('alive', 6 * 7)")
    lab.expect_output(page, "alive 42")
    assert sockets
    return closed


def test_s05_signing_out_closes_the_open_kernel_socket(grace: Page, platform: Platform, measured):
    # Given
    notebook = grace.context.new_page()
    create_and_start(notebook, platform, "Private")
    closed = open_socket(notebook)

    # When
    grace.goto(platform.url + "/")
    begun = time.monotonic()
    grace.click("#sign-out")

    # Then
    wait_until(lambda: pumped(notebook, closed), 30, "the WebSocket to close after sign-out")
    measured(f"sign-out to closed kernel socket: {closed[0] - begun:.2f} s (at most 5)")
    answer = notebook.request.get(platform.url + "/user/grace/private/api/kernels", max_redirects=0)
    assert answer.status == 401
    notebook.close()


def test_s05_disabling_a_user_closes_the_open_kernel_socket(grace: Page, admin: Page, platform: Platform, measured):
    # Given
    sign_in(grace, platform, "grace", PERSONS_PASSWORD)
    notebook = grace.context.new_page()
    notebook.goto(platform.url + "/user/grace/private/lab?reset")
    closed = open_socket(notebook)

    # When
    admin.goto(platform.url + "/admin/users")
    begun = time.monotonic()
    admin.click("#toggle-grace")

    # Then
    wait_until(lambda: pumped(notebook, closed), 30, "the WebSocket to close after disabling the user")
    measured(f"disabling a user to closed kernel socket: {closed[0] - begun:.2f} s (at most 5)")
    grace.goto(platform.url + "/login")
    sign_in(grace, platform, "grace", PERSONS_PASSWORD)
    expect(grace.locator("#login-problem")).to_be_visible()
    notebook.close()


def pumped(page: Page, closed: list[float]) -> bool:
    """Playwright delivers events only while it is called."""
    page.wait_for_timeout(50)
    return bool(closed)
