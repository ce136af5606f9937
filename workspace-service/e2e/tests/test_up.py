"""`benchtop up` as a process: Ctrl-C leaves nothing, a second start is quick and finds everything."""

from __future__ import annotations

import re
import subprocess

import lab
import pytest
from journeys import ADMIN, create_and_start
from platform_process import REPOSITORY, Platform, processes_of
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.local


def test_a_second_up_on_the_same_data_is_told_about_the_first(platform: Platform):
    second = subprocess.run(
        [str(REPOSITORY / "benchtop"), "up", "--data", str(platform.data)], capture_output=True, text=True, timeout=60
    )
    assert second.returncode != 0
    assert "already" in second.stderr + second.stdout


def test_ctrl_c_leaves_nothing_behind_and_a_second_start_finds_everything(
    admin: Page, platform: Platform, measured
):
    # Given a running workspace with a file in it
    create_and_start(admin, platform, "Kept over a restart")
    home = platform.data / "homes" / ADMIN / "kept-over-a-restart"
    (home / "note.txt").write_text("still here")

    # When
    took = platform.stop()

    # Then
    assert processes_of(platform.data) == []
    measured(f"Ctrl-C to the end of every process: {took:.1f} s")

    # When
    warm = platform.start(seconds=120)

    # Then
    measured(f"warm benchtop up to sign-in: {warm:.1f} s (goal 5)")
    admin.goto(platform.url + "/")  # the session is still good: nobody signs in again
    workspace = admin.locator('[data-workspace="kept-over-a-restart"]')
    expect(workspace).to_contain_text(re.compile("stopped", re.I))
    assert (home / "note.txt").read_text() == "still here"
    workspace.locator("[data-action=start]").click()
    admin.wait_for_url("**/lab**", timeout=90_000)
    lab.entry(admin, "note.txt").wait_for(timeout=60_000)
