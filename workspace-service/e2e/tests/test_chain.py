"""The chain as a person walks it, in order: each test continues where the last one stopped."""

from __future__ import annotations

import hashlib
import os
import re
import time

import lab
import pytest
from journeys import create, create_and_start, stop
from platform_process import Platform, resident_megabytes, wait_until
from playwright.sync_api import Error, Page, expect

SLUG = "first-steps"


@pytest.fixture(scope="module")
def notebook_page(admin: Page, platform: Platform, measured):
    begun = time.monotonic()
    page = admin.context.new_page()
    create_and_start(page, platform, "First steps")
    measured(f"new workspace, form to JupyterLab's address: {time.monotonic() - begun:.1f} s (goal 5)")
    lab.wait_for_launcher(page)
    measured(f"new workspace, form to launcher shown: {time.monotonic() - begun:.1f} s")
    yield page
    page.close()


@pytest.mark.local
def test_the_start_is_measured(platform: Platform, measured):
    pids = platform.pids()
    measured(f"cold benchtop up (build, notebook environment, start) to sign-in: {platform.first_start_seconds:.1f} s")
    measured(f"service, resident: {resident_megabytes(pids['servicePid']):.0f} MB (goal 300)")
    measured(f"proxy, resident: {resident_megabytes(pids['proxyPid']):.0f} MB (goal 150)")
    assert set(pids) == {"supervisorPid", "servicePid", "proxyPid"}


def test_a_python_cell_asks_the_platform_who_it_is(notebook_page: Page, screenshot):
    lab.new_notebook(notebook_page, lab.PYTHON)
    lab.run_cell(notebook_page, "bt.whoami()")
    lab.expect_output(notebook_page, "ada")
    lab.run_cell(notebook_page, "bt.workspace()")
    lab.expect_output(notebook_page, "First steps")
    screenshot(notebook_page, "lab")


def test_an_open_tab_outlives_a_killed_service(notebook_page: Page, platform: Platform):
    # Given
    lab.run_cell(notebook_page, "import time\nfor i in range(8):\n    time.sleep(1)\nprint('finished', 6 * 7)")

    # When
    restarted = platform.kill_service()

    # Then
    lab.expect_output(notebook_page, "finished 42", seconds=40)
    wait_until(restarted, 120, "a new service")


def test_the_restarted_service_knows_the_running_workspace(admin: Page, notebook_page: Page, platform: Platform):
    def running() -> bool:
        try:
            admin.goto(platform.url + "/")
        except Error:
            return False  # the "restarting" page had just begun to load itself again
        return admin.locator(f'[data-workspace="{SLUG}"][data-state="RUNNING"]').count() == 1

    wait_until(running, 60, "the dashboard to show the workspace as running")
    lab.run_cell(notebook_page, "print('still', i)")
    lab.expect_output(notebook_page, "still 7")


def test_a_java_cell_asks_the_platform_who_it_is(notebook_page: Page, screenshot):
    lab.save(notebook_page)
    notebook_page.locator(".jp-FileBrowser [data-command='launcher:create'], .jp-LauncherIcon").first.click()
    lab.wait_for_launcher(notebook_page)
    lab.new_notebook(notebook_page, lab.JAVA)
    lab.run_cell(notebook_page, "benchtop.whoami()")
    lab.expect_output(notebook_page, "ada")
    lab.run_cell(notebook_page, 'System.out.println("sum " + java.util.stream.IntStream.rangeClosed(1, 100).sum());')
    lab.expect_output(notebook_page, "sum 5050")
    screenshot(notebook_page, "lab-java")
    lab.save(notebook_page)


def test_sixty_megabytes_go_up_and_come_back(notebook_page: Page, platform: Platform, tmp_path):
    # Given
    sent = tmp_path / "sixty.bin"
    sent.write_bytes(os.urandom(60 * 1024 * 1024))

    # When
    lab.upload(notebook_page, f"{platform.url}/user/ada/{SLUG}/", sent)
    received = tmp_path / "received.bin"
    lab.download(notebook_page, sent.name, received)

    # Then
    assert hashlib.sha256(received.read_bytes()).digest() == hashlib.sha256(sent.read_bytes()).digest()


def test_the_dashboard_shows_memory_and_uptime(admin: Page, platform: Platform, screenshot):
    create(admin, platform, "Teaching, autumn term")
    admin.goto(platform.url + "/")
    running = admin.locator(f'[data-workspace="{SLUG}"]')
    expect(running).to_contain_text("Running")
    expect(running).to_contain_text(re.compile(r"\d+ [MG]i?B"))
    screenshot(admin, "home")


def test_a_stopped_workspace_offers_a_restart_in_the_open_tab(admin: Page, notebook_page: Page, platform: Platform):
    # When
    stop(admin, platform, SLUG)

    # Then JupyterLab's own dialog comes, and its button leads to the start page
    dialog = notebook_page.locator(".jp-Dialog", has_text=re.compile("not running|unavailable", re.I))
    dialog.wait_for(timeout=60_000)
    with notebook_page.context.expect_page() as opened:
        dialog.locator("button", has_text=re.compile("Restart", re.I)).click()
    start_page = opened.value
    start_page.wait_for_load_state()
    if start_page.locator("#start-button").count():
        start_page.click("#start-button")
    start_page.wait_for_url("**/lab**", timeout=90_000)
    lab.entry(start_page, "sixty.bin").wait_for(timeout=60_000)
    start_page.close()
