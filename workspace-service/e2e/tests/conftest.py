"""One platform and one browser for all tests; the first test signs the administrator in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import cluster_platform
import pytest
from platform_process import Platform, processes_of
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


MEASURED: list[str] = []


@pytest.fixture(scope="session")
def measured():
    """Notes a measurement, printed at the end of the run. No test asserts a time except a promised bound."""
    return MEASURED.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if MEASURED:
        terminalreporter.section("measured")
        for line in MEASURED:
            terminalreporter.write_line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cluster", action="store_true", help="drive the chart on a real cluster instead of ./benchtop up")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test of one machine is no test of a cluster, and the other way round: not skipped there, but not meant."""
    foreign = "local" if config.getoption("--cluster") else "cluster"
    kept = [item for item in items if item.get_closest_marker(foreign) is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(scope="session")
def platform(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """BENCHTOP_E2E_DATA names a data folder whose prepared environment is used again; otherwise all starts from nothing."""
    if request.config.getoption("--cluster"):
        yield from on_cluster()
        return
    given = os.environ.get("BENCHTOP_E2E_DATA")
    data = Path(given) if given else tmp_path_factory.mktemp("benchtop") / "data"
    running = Platform(data)
    running.start()
    yield running
    running.stop()
    assert processes_of(data) == []


def on_cluster():
    obstacle = cluster_platform.missing()
    if obstacle and os.environ.get("CI"):
        pytest.fail(obstacle)
    if obstacle:
        pytest.skip(obstacle)
    running = cluster_platform.ClusterPlatform("chain")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium():
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        message = "no Chromium on this machine: install the package chromium to run the browser tests"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, headless=True, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def new_context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1400, "height": 850}, accept_downloads=True)
    context.set_default_timeout(30_000)
    return context


@pytest.fixture(scope="session")
def admin(chromium: Browser, platform: Platform):
    """The first administrator's browser, signed in by the link that `up` printed."""
    from journeys import first_administrator

    context = new_context(chromium)
    page: Page = context.new_page()
    first_administrator(page, platform)
    yield page
    context.close()


@pytest.fixture
def screenshot():
    """Saves a page where BENCHTOP_SCREENSHOTS says (docs/images for the README), else nowhere lasting."""
    folder = os.environ.get("BENCHTOP_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}.png"))

    return take
