"""The guard and the keeper, with small programs in the place of JupyterLab."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchtop_local.log import CappedLog
from benchtop_local.records import ReservedRecord
from running_server import alive, environment_of, wait_for
from shim_server import FOREVER, ShimServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="local mode keeps its promises on Linux only")


def test_records_code_and_generation(kept):
    # When
    guard = kept.launch("echo hello; exit 3")

    # Then
    assert guard.returncode == 0
    ended = kept.ended()
    assert (ended["code"], ended["signal"], ended["oomKilled"], ended["generation"]) == (3, None, False, 7)
    assert (ended["reasonCode"], ended["reason"]) == ("EXITED", "JupyterLab exited with code 3; its log says why.")
    assert "hello\n" in kept.log()


def test_records_a_signal(kept):
    # When
    kept.launch("kill -SEGV $$")

    # Then
    assert (kept.ended()["code"], kept.ended()["signal"]) == (None, signal.SIGSEGV)
    assert "SIGSEGV" in kept.ended()["reason"]


def test_records_who_runs(kept):
    # When
    guard = kept.launch(FOREVER, wait=False)

    # Then
    running = kept.running()
    ticks = int(Path(f"/proc/{guard.pid}/stat").read_text().rpartition(")")[2].split()[19])
    assert (running["shimPid"], running["startTicks"], running["generation"]) == (guard.pid, ticks, 7)
    assert (kept.directory / "server.json").stat().st_mode & 0o777 == 0o600
    assert running["cleanup"] == "descendants"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("echo 'could not be started because port 80 is not available'; exit 1", "PORT_TAKEN"),
        ("echo 'OSError: [Errno 28] No space left on device'; exit 1", "DISK_FULL"),
        ("echo \"ModuleNotFoundError: No module named 'jupyterlab'\"; exit 1", "ENVIRONMENT_BROKEN"),
        ("exit 0", "EXITED"),
    ],
)
def test_finds_the_reason_in_the_log(kept, script, code):
    kept.launch(script)
    assert kept.ended()["reasonCode"] == code


def test_a_program_that_is_not_there(kept):
    # When
    guard = kept.launch("", argv=["/nonexistent/python"])

    # Then
    assert guard.returncode == 78
    assert kept.ended()["reasonCode"] == "ENVIRONMENT_BROKEN"
    assert "/nonexistent/python" in kept.ended()["reason"]
    assert not (kept.directory / "server.json").exists()


@pytest.mark.parametrize("order", ["", "{", "[]", "{}", '{"workspaceId": 1}', "null"])
def test_an_order_nobody_can_read(kept, order):
    # Given
    kept.directory.mkdir()
    (kept.directory / "launch.json").write_text(order)

    # When
    guard = kept.run_shim()

    # Then
    assert guard.wait(10) == 78
    assert "launch.json" in kept.ended()["reason"]


def test_a_home_that_is_a_file(kept, tmp_path):
    # Given
    (tmp_path / "file").write_text("")

    # When
    guard = kept.launch("", home=str(tmp_path / "file"))

    # Then
    assert guard.returncode == 77
    assert kept.ended()["reasonCode"] == "HOME_UNUSABLE"
    assert str(tmp_path / "file") in kept.ended()["reason"]


def test_one_process_of_many_that_start_at_once(kept):
    # Given
    kept.launch(FOREVER, wait=False)
    kept.running()

    # When
    others = [kept.run_shim() for _ in range(8)]

    # Then
    assert {other.wait(10) for other in others} == {75}
    assert "already running" in others[0].stderr.read()


def test_one_process_of_many_without_a_first(kept):
    # Given
    kept.launch("true")

    # When
    (kept.directory / "launch.json").write_text(
        (kept.directory / "launch.json").read_text().replace('"true"', json.dumps(FOREVER))
    )
    many = [kept.run_shim() for _ in range(8)]
    wait_for(lambda: sum(guard.poll() is None for guard in many) == 1)

    # Then
    assert sorted(guard.returncode or 0 for guard in many) == [0] + [75] * 7


def test_the_environment_is_exactly_what_was_given(kept, monkeypatch):
    # Given
    monkeypatch.setenv("SECRET_OF_THE_SERVICE", "canary")

    # When
    kept.launch(f"exec {sys.executable} -c 'import time; time.sleep(60)'", wait=False, env={"ONLY": "this"})

    # Then
    lab = kept.running()["pid"]
    wait_for(lambda: environment_of(lab))
    assert {name: value for name, value in environment_of(lab).items() if name != "PWD"} == {"ONLY": "this"}


def test_inherits_nothing_that_was_open(kept, tmp_path):
    # Given
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        kept.directory.mkdir()

        # When
        kept.launch("true")
        guard = kept.run_shim(close_fds=False)
        guard.wait(10)
        script = "ls -l /proc/self/fd /proc/$PPID/fd"
        kept.launch(script)

    # Then
    assert "secret" not in kept.log()


def test_stands_in_a_session_of_its_own(kept):
    # When
    guard = kept.launch(FOREVER, wait=False)
    kept.running()

    # Then
    assert os.getsid(guard.pid) == guard.pid
    assert os.getsid(kept.running()["pid"]) == guard.pid


def test_stops_gently(kept):
    # Given
    guard = kept.launch("trap 'echo goodbye; exit 0' TERM; touch ready; " + FOREVER, wait=False)
    wait_for((kept.home / "ready").exists)

    # When
    guard.terminate()

    # Then
    assert guard.wait(60) == 0
    assert "goodbye" in kept.log()
    assert (kept.ended()["code"], kept.ended()["reasonCode"]) == (0, "STOPPED")


def test_stops_by_force_what_does_not_listen(kept):
    # Given
    guard = kept.launch("trap '' TERM; touch ready; " + FOREVER, wait=False)
    wait_for((kept.home / "ready").exists)

    # When
    begun = time.monotonic()
    guard.terminate()
    guard.wait(60)

    # Then
    assert time.monotonic() - begun > 7.5
    assert (kept.ended()["signal"], kept.ended()["reasonCode"]) == (9, "STOPPED")
    assert kept.left() == []


def test_takes_along_what_hides_in_sessions_of_its_own(kept):
    # Given: what kernels do, and what a person does with nohup
    script = "setsid sh -c 'trap \"\" TERM HUP; setsid sleep 1000 & exec sleep 1001' & setsid setsid sleep 1002 & sleep 0.3; exit 0"

    # When
    kept.launch(script)

    # Then
    assert kept.left() == []
    assert "processes that were left" in kept.log()


@pytest.mark.parametrize("victim", ["guard", "keeper", "lab"])
def test_one_kill_leaves_nothing_behind(kept, victim):
    # Given
    guard = kept.launch("setsid sleep 1000 & touch ready; " + FOREVER, wait=False)
    wait_for((kept.home / "ready").exists)
    pids = {"guard": guard.pid, "keeper": kept.keeper(), "lab": kept.running()["pid"]}

    # When
    os.kill(pids[victim], signal.SIGKILL)
    guard.wait(10)

    # Then
    wait_for(lambda: kept.left() == [])
    wait_for((kept.directory / "exit.json").exists)
    assert kept.ended()["reasonCode"] == "EXITED"


def test_killing_guard_and_keeper_together_is_made_good_by_the_next_start(kept):
    # Given
    guard = kept.launch("setsid sleep 1000 & touch ready; " + FOREVER, wait=False)
    wait_for((kept.home / "ready").exists)
    keeper = kept.keeper()
    os.kill(keeper, signal.SIGSTOP)
    os.kill(guard.pid, signal.SIGKILL)
    os.kill(keeper, signal.SIGKILL)
    guard.wait(60)
    wait_for(lambda: not alive(keeper))
    assert kept.left() != []

    # When
    kept.launch("exit 0")

    # Then
    assert kept.left() == []
    assert "of an earlier run" in kept.log()


@pytest.mark.parametrize("milliseconds", [0, 10, 20, 40, 80, 120, 200, 300])
def test_killed_at_any_moment_of_a_start_it_starts_again(kept, milliseconds):
    # Given
    guard = kept.launch(FOREVER, wait=False)
    time.sleep(milliseconds / 1000)
    guard.kill()
    guard.wait(60)

    # When: the keeper may need a moment to clean up and give the lock back
    def start_again():
        again = kept.launch("exit 5")
        return again if again.returncode != 75 else None

    wait_for(start_again)

    # Then
    assert kept.ended()["code"] == 5
    assert kept.left() == []


def test_keeps_its_log_small(tmp_path):
    # Given
    log = CappedLog(tmp_path / "server.log", cap=1000)

    # When
    for number in range(1000):
        log.write(f"line {number}\n".encode())

    # Then
    assert (tmp_path / "server.log").stat().st_size <= 1000
    assert (tmp_path / "server.log.1").stat().st_size <= 1000
    assert log.tail().endswith("line 999\n")


def test_keeps_the_log_of_the_run_before(kept):
    # When
    kept.launch("echo first")
    kept.launch("echo second")

    # Then
    assert "second" in kept.log()
    assert "first" in (kept.directory / "server.log.1").read_text()


def test_a_flood_does_not_keep_it_from_stopping(kept):
    # Given
    guard = kept.launch("touch ready; yes flood", wait=False)
    wait_for((kept.home / "ready").exists)

    # When
    guard.terminate()

    # Then
    assert guard.wait(60) == 0
    assert kept.ended()["signal"] == 15  # not by force
    assert (kept.directory / "server.log").stat().st_size <= 10 * 1024 * 1024


def test_greets_a_new_home_once(kept, tmp_path):
    # Given
    template = tmp_path / "demos"
    (template / "deep").mkdir(parents=True)
    (template / "deep" / "a.ipynb").write_text("{}")
    kept.launch("cat demos/deep/a.ipynb; rm -r demos", template=str(template))
    assert "{}" in kept.log()

    # When
    kept.launch("ls -A", template=str(template))

    # Then
    assert not (kept.home / "demos").exists()


def test_leaves_a_home_that_has_demos_alone(kept, tmp_path):
    # Given
    (kept.home / "demos").mkdir(parents=True)
    (kept.home / "demos" / "mine").write_text("mine")
    (tmp_path / "demos").mkdir()

    # When
    kept.launch("true", template=str(tmp_path / "demos"))

    # Then
    assert (kept.home / "demos" / "mine").read_text() == "mine"


def test_a_record_is_whole_or_not_there(tmp_path):
    # Given
    path = tmp_path / "exit.json"

    # When
    with ReservedRecord(path) as record:
        before = path.exists()
        record.write({"reason": "Жаль"})

    # Then
    assert not before
    assert json.loads(path.read_text()) == {"reason": "Жаль"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["exit.json"]


class TestFullDisk:
    """On a tmpfs of a megabyte or two; only the superuser may mount one."""

    @pytest.fixture
    def small(self, tmp_path, shim):
        disk = tmp_path / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, text=True
        )
        if mounted.returncode:
            pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
        made = ShimServer(disk / "server", shim)
        yield made
        made.clean()
        subprocess.run(["umount", disk], check=True)

    def test_says_so_before_it_starts(self, small):
        # When
        guard = small.launch("true")

        # Then: less than 20 MB free is as good as full
        assert guard.returncode == 74
        assert small.ended()["reasonCode"] == "DISK_FULL"
        assert "Free some space" in small.ended()["reason"]

    def test_has_the_last_word_on_a_disk_that_fills(self, small, tmp_path):
        # Given
        home = tmp_path / "home-elsewhere"

        # When
        guard = small.launch(
            f"yes > {small.directory}/filler; yes | head -c 500000; exit 1", home=str(home), cwd=str(tmp_path)
        )

        # Then
        assert guard.returncode == 0
        assert (small.ended()["code"], small.ended()["reasonCode"]) == (1, "DISK_FULL")

    def test_says_so_by_its_exit_code_when_nothing_can_be_written(self, small):
        # Given
        small.launch("true")
        (small.directory / "exit.json").unlink()
        with (small.directory / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 4096)
            except OSError:
                pass

        # When
        guard = small.run_shim()

        # Then
        assert guard.wait(10) == 74
