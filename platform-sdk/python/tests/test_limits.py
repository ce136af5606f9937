"""Limits, kept by the kernel where a control group can be made and watched elsewhere."""

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
EAT = "import time; eaten = bytearray(300_000_000); print('ate', flush=True); time.sleep(60)"
MEBIBYTE = 1024 * 1024
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="local mode keeps its promises on Linux only")


def test_a_kernel_that_eats_too_much_dies_alone(kept):
    # When
    kept.launch(f'{sys.executable} -c "{EAT}"; echo went on', memoryBytes=100 * MEBIBYTE)

    # Then
    assert "went on" in kept.log()
    assert (kept.ended()["code"], kept.ended()["oomKilled"]) == (0, False)


def test_a_server_that_eats_too_much_is_told_apart(kept):
    # When
    kept.launch(f'exec {sys.executable} -c "{EAT}"', memoryBytes=100 * MEBIBYTE)

    # Then
    ended = kept.ended()
    assert (ended["signal"], ended["oomKilled"], ended["reasonCode"]) == (9, True, "OUT_OF_MEMORY")


def test_says_which_kind_of_limit_it_is(kept):
    # When
    kept.launch("true", memoryBytes=100 * MEBIBYTE)

    # Then
    assert kept.running()["limits"]["memory"] in ("cgroup", "watched")
    assert kept.running()["limits"]["processes"] == "none"


def test_too_many_processes_do_not_stay(kept):
    # When
    kept.launch("for n in $(seq 60); do sleep 5 & done; wait; echo waited", processes=20)

    # Then
    assert "waited" in kept.log() or "fork" in kept.log()
    assert kept.left() == []


def test_control_groups_are_removed(kept):
    # When
    kept.launch("setsid sleep 1000 & true", memoryBytes=100 * MEBIBYTE, processes=100)

    # Then
    assert list(Path("/sys/fs/cgroup").rglob("benchtop-ws_testtesttest")) == []


def watch(script, **limits):
    """Runs a program as keeper that watches, with no control group, and gives what it said."""
    program = f"""
import os, subprocess, sys, time
from benchtop_local.limits import Limits
limits = Limits(os.getpid(), {limits.get("memory")}, {limits.get("processes")}, None)
{script}
"""
    run = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


START = (
    """
eater = subprocess.Popen([sys.executable, "-c", %r], stdout=subprocess.PIPE)
small = subprocess.Popen(["sleep", "60"])
eater.stdout.readline()
"""
    % EAT
)


def test_watching_ends_the_biggest_and_says_so():
    # When
    said = watch(
        START
        + "limits.watch(small.pid, print); print(eater.wait(10), small.poll(), limits.server_killed); small.kill()",
        memory=100 * MEBIBYTE,
    )

    # Then
    assert "of its 100 MiB of memory" in said
    assert said.endswith("-9 None False\n")


def test_watching_knows_when_the_biggest_is_the_server():
    # When
    said = watch(
        START + "limits.watch(eater.pid, print); print(eater.wait(10), limits.oom_killed()); small.kill()",
        memory=100 * MEBIBYTE,
    )

    # Then
    assert said.endswith("-9 True\n")


def test_watching_leaves_alone_what_keeps_within():
    # When
    said = watch(
        START + "limits.watch(small.pid, print); print(eater.poll(), limits.describe()); eater.kill(); small.kill()",
        memory=1000 * MEBIBYTE,
    )

    # Then
    assert said == "None {'memory': 'watched', 'processes': 'none'}\n"


def test_watching_ends_the_branch_with_the_most_processes():
    # Given
    script = """
from benchtop_local.linux import adopt_orphans
adopt_orphans()
server = subprocess.Popen(["sh", "-c", "sh -c 'for n in $(seq 30); do sleep 60 & done; wait' & sh -c 'sleep 60; true' & wait"])
from benchtop_local.processes import descendants, kill_below
deadline = time.monotonic() + 30
while len(descendants(server.pid)) < 33 and time.monotonic() < deadline: time.sleep(0.05)
limits.watch(server.pid, print)
while len(descendants(server.pid)) > 2 and time.monotonic() < deadline: time.sleep(0.05)
print(len(descendants(server.pid)), server.poll())
server.kill()
kill_below(os.getpid())
"""

    # When
    said = watch(script, processes=20)

    # Then
    assert "of its 20 processes" in said
    assert said.endswith("2 None\n")
