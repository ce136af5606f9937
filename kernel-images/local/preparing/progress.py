"""Progress lines: which step of how many, and how long each took."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

_BREATH_SECONDS = 10


class Progress:
    """Prints ``[2/6] installing 97 packages …`` and, when it is done, how long it took."""

    def __init__(self, steps: int, lock: int) -> None:
        """
        Args:
            steps: how many there will be.
            lock: file descriptor handed to every program, so that the lock on it outlives us while
                one of them still writes.
        """
        self._steps = steps
        self._lock = lock
        self._step = 0
        self._begun = time.monotonic()
        self._doing = ""

    @contextmanager
    def step(self, doing: str) -> Iterator[None]:
        """One step from its beginning to its end."""
        self._step += 1
        self._doing = doing
        begun = time.monotonic()
        self.say("…")
        yield
        self.say(f"done in {time.monotonic() - begun:.1f} s")

    def say(self, words: str) -> None:
        """A line about the present step."""
        print(f"[{self._step}/{self._steps}] {self._doing} {words}", flush=True)

    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._begun

    def run(self, command: Sequence[str], env: Mapping[str, str]) -> tuple[int, str]:
        """Runs a program, with a sign of life every ten seconds.

        Returns:
            its exit code and what it wrote.
        """
        begun = time.monotonic()
        with subprocess.Popen(
            command,
            env=env,
            pass_fds=(self._lock,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as program:
            while True:
                try:
                    output, _ = program.communicate(timeout=_BREATH_SECONDS)
                    return program.returncode, output
                except subprocess.TimeoutExpired:
                    self.say(f"… {time.monotonic() - begun:.0f} s")
                except BaseException:
                    program.kill()
                    raise
