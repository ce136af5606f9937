"""Starts a server, feeds its log, keeps its limits, and ends everything that belongs to it.

One thread and one loop: it wakes up when the server writes, when a signal comes, when the guard
dies, and every two seconds for the limits.

    make home -> make overlay -> set limits -> start -> server.json -> loop
        SIGTERM: the server gets SIGTERM and eight seconds, then everything below gets SIGKILL
        guard died: everything below gets SIGKILL at once
        server ended: everything below gets SIGKILL, exit.json
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from typing import Any

from benchtop_local.ending import Ending, judge_ending
from benchtop_local.failure import StartFailed, disk_full, is_disk_full
from benchtop_local.home import make_home
from benchtop_local.launch import Launch
from benchtop_local.limits import Limits, choose_limits
from benchtop_local.linux import adopt_orphans, death_with_parent
from benchtop_local.log import CappedLog
from benchtop_local.overlay import make_overlay
from benchtop_local.processes import kill_below, read_process
from benchtop_local.records import ReservedRecord, now

GRACE_SECONDS = 8.0
WATCH_SECONDS = 2.0
STOPPED_EARLY = Ending(None, None, False, "STOPPED", "It was stopped before it ran.")
GUARD_DIED = Ending(None, None, False, "EXITED", "The process that guards this server was ended by force.")


class Keeper:
    """Keeps the server of one launch from its start to its end."""

    def __init__(self, launch: Launch, log: CappedLog, guard: int, guard_pipe: int) -> None:
        """
        Args:
            launch: what to start.
            log: where its output goes.
            guard: pid of the process the service knows.
            guard_pipe: becomes readable when the guard dies.
        """
        self._launch = launch
        self._log = log
        self._guard = guard
        self._guard_pipe = guard_pipe
        self._stop_asked = False
        self._guard_died = False
        self._kill_at: float | None = None
        self._complete = adopt_orphans()

    def keep(self) -> Ending:
        """Runs the server to its end.

        Raises:
            StartFailed: it could not be started.
        """
        wakeup = self._listen_to_signals()
        make_home(self._launch.home, self._launch.template)
        if self._launch.overlay_python is not None:
            make_overlay(self._launch.directory / "env", self._launch.overlay_python)
        if self._stop_asked:
            return STOPPED_EARLY
        limits = choose_limits(self._launch)
        try:
            # Its place is taken before the server can fill the disk.
            with self._reserve("server.json") as record:
                server = self._start(limits)
                try:
                    record.write(self._running(server, limits))
                    self._wait(server, limits, wakeup)
                finally:
                    self._end_all(server)
            oom_killed = limits.oom_killed()
        finally:
            limits.close()
        if self._guard_died:
            return GUARD_DIED
        return judge_ending(
            server.returncode,
            stopped=self._stop_asked,
            oom_killed=oom_killed,
            disk_full=self._log.disk_full,
            tail=self._log.tail(),
        )

    def _listen_to_signals(self) -> int:
        read, write = os.pipe()
        os.set_blocking(write, False)
        os.set_blocking(read, False)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake the loop
        return read

    def _on_stop(self, *_: object) -> None:
        self._stop_asked = True

    def _start(self, limits: Limits) -> subprocess.Popen[bytes]:
        promise = death_with_parent(os.getpid())

        def before_program() -> None:
            promise()
            limits.enter()

        try:
            return subprocess.Popen(
                self._launch.argv,
                env=self._launch.env,
                cwd=self._launch.cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=before_program,  # noqa: PLW1509  - this process has one thread
            )
        except (OSError, subprocess.SubprocessError) as error:
            if is_disk_full(error):
                raise disk_full(self._launch.cwd) from error
            raise StartFailed("ENVIRONMENT_BROKEN", f"{self._launch.argv[0]} cannot be started: {error}") from error

    def _reserve(self, name: str) -> ReservedRecord:
        try:
            return ReservedRecord(self._launch.directory / name)
        except OSError as error:
            if is_disk_full(error):
                raise disk_full(self._launch.directory) from error
            raise

    def _running(self, server: subprocess.Popen[bytes], limits: Limits) -> dict[str, Any]:
        guard = read_process(self._guard)
        return {
            "pid": server.pid,
            "shimPid": self._guard,
            "startTicks": guard.start_ticks if guard else None,
            "generation": self._launch.generation,
            "startedAt": now(),
            "limits": limits.describe(),
            "cleanup": "descendants" if self._complete else "process-group",
        }

    def _wait(self, server: subprocess.Popen[bytes], limits: Limits, wakeup: int) -> None:
        output = server.stdout.fileno() if server.stdout else -1
        os.set_blocking(output, False)
        with selectors.DefaultSelector() as selector:
            for source in (output, wakeup, self._guard_pipe):
                selector.register(source, selectors.EVENT_READ)
            look_at = time.monotonic() + WATCH_SECONDS
            while server.poll() is None:
                for key, _ in selector.select(self._patience(look_at)):
                    if key.fd == self._guard_pipe:
                        self._guard_died = True
                        return
                    self._take(selector, key.fd, output)
                if self._stop_asked and not self._stop(server):
                    return
                if time.monotonic() >= look_at:
                    limits.watch(server.pid, self._log.say)
                    look_at = time.monotonic() + WATCH_SECONDS
            self._take(selector, output, output)

    def _take(self, selector: selectors.BaseSelector, source: int, output: int) -> None:
        """Moves what a source has to say into the log; signals only had to wake us."""
        for _ in range(64):  # a server that floods must not keep us from our other duties
            try:
                data = os.read(source, 65536)
            except BlockingIOError:
                return
            if source != output:
                continue
            if not data:
                if source in selector.get_map():
                    selector.unregister(source)
                return
            self._log.write(data)

    def _patience(self, look_at: float) -> float:
        until = look_at if self._kill_at is None else min(look_at, self._kill_at)
        return max(0.0, until - time.monotonic())

    def _stop(self, server: subprocess.Popen[bytes]) -> bool:
        """Asks the server to end, once; False when it had its time."""
        if self._kill_at is None:
            self._log.say("stopping")
            self._kill_at = time.monotonic() + GRACE_SECONDS
            server.send_signal(signal.SIGTERM)
        if time.monotonic() < self._kill_at:
            return True
        self._log.say(f"did not end within {GRACE_SECONDS:.0f} seconds; ending it by force")
        return False

    def _end_all(self, server: subprocess.Popen[bytes]) -> None:
        if server.poll() is None:
            server.kill()
            server.wait()
        try:
            os.killpg(server.pid, signal.SIGKILL)  # all there is where orphans cannot be adopted
        except OSError:
            pass
        left = kill_below(os.getpid())
        if left:
            self._log.say(f"ended {left} processes that were left")
