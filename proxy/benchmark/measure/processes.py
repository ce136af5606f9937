"""Processes the benchmark starts and ends, and what /proc says about them."""

import contextlib
import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
_libc = ctypes.CDLL(None, use_errno=True)


class Missing(Exception):
    """Something this machine lacks, said in one sentence."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _die_with_parent() -> None:
    parent_death_signal = 1
    _libc.prctl(parent_death_signal, signal.SIGTERM)


class Processes:
    """Everything started here ends here: by pid, the youngest first; by the kernel if we are killed ourselves."""

    def __init__(self, logs: pathlib.Path):
        self._logs = logs
        self._running: list[subprocess.Popen] = []

    def start(self, name: str, command: list, environment: dict[str, str] | None = None, heard: bool = False):
        """What it prints goes to its log; with `heard`, its standard output comes to us."""
        with open(self._logs / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                [str(part) for part in command],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if heard else log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self._running.append(process)
        return process

    def load(self, name: str, command: list, seconds: float, environment: dict[str, str] | None = None) -> str:
        """Runs a client to its end and answers what it printed."""
        process = self.start(name, command, environment, heard=True)
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"{name} did not end within {seconds:.0f} s.") from None
        finally:
            self.end(process)
        if process.returncode != 0:
            log = (self._logs / f"{name}.log").read_text(errors="replace").strip()
            raise RuntimeError(f"{name} failed: {' / '.join(log.splitlines()[-3:]) or output.decode()[-300:]}")
        return output.decode()

    def end(self, process: subprocess.Popen) -> None:
        if process in self._running:
            self._running.remove(process)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        # What it left behind is in the session that it was started in.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def end_all(self) -> None:
        for process in reversed(self._running[:]):
            self.end(process)

    def pids(self) -> list[int]:
        return [process.pid for process in self._running]


def _stat(pid: int | str) -> list[str] | None:
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text[text.rindex(")") + 2 :].split()


def tree(*roots: int) -> list[int]:
    """The processes and all that descend from them."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit() and (fields := _stat(entry)):
            parents.setdefault(int(fields[1]), []).append(int(entry))
    found, left = [], list(roots)
    while left:
        pid = left.pop()
        found.append(pid)
        left += parents.get(pid, [])
    return found


def cpu_seconds(*roots: int) -> float:
    """User and system time of whole trees, their reaped children included."""
    ticks = 0
    for pid in tree(*roots):
        if fields := _stat(pid):
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS


def pss_megabytes(root: int) -> float:
    kilobytes = 0
    for pid in tree(root):
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def rss_megabytes(root: int) -> float:
    return sum(
        int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in tree(root)
    ) * PAGE / 2**20


def machine_busy_seconds() -> float:
    fields = pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    return sum(int(field) for field in (fields[0], fields[1], fields[2], fields[5], fields[6])) / TICKS


class Highest:
    """The highest value of something while the block runs."""

    def __init__(self, measure, every: float):
        self._measure, self._every = measure, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.value = 0.0

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            try:
                self.value = max(self.value, self._measure())
            except OSError:
                pass  # a process of the tree ended between listing and reading

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


class Calm:
    """Waits, within a budget for the whole run, until other people's work leaves the machine to us."""

    def __init__(self, budget: float, allowed_share: float = 0.1):
        self._left, self._allowed = budget, allowed_share
        self.waited = 0.0

    def wait(self) -> None:
        while self._left > 0:
            start, busy, own = time.monotonic(), machine_busy_seconds(), cpu_seconds(os.getpid())
            time.sleep(0.4)
            elapsed = time.monotonic() - start
            others = machine_busy_seconds() - busy - (cpu_seconds(os.getpid()) - own)
            if others / elapsed / os.cpu_count() <= self._allowed:
                return
            self._left -= elapsed
            self.waited += elapsed
