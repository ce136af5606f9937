"""The product as a person starts it, with an administrator and what her notebook would know."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from types import TracebackType

from measure.processes import tree
from platform_process import Platform, resident_megabytes, wait_until
from rest import Rest, signed_in

KEPT = ("environments", "cache")


class Product:
    """`./benchtop up` on a data folder of its own, in which only the notebook environment outlives a run."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            if old.name not in KEPT:
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        self._platform = Platform(folder)
        self._token_file = folder / "benchmark.token"

    def __enter__(self) -> Product:
        # Where the sources of the benchmark listen.
        os.environ["BENCHTOP_SOURCE_NETWORKS"] = "127.0.0.0/8"
        print("starting Benchtop …", flush=True)
        try:
            self._platform.start()
            self.rest = self._administrator()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _stop(self) -> None:
        # Not by Ctrl-C's signal, which nobody hears of whom a shell started in the background.
        self._platform.stop(signal.SIGTERM)

    def _administrator(self) -> Rest:
        session = signed_in(self.url, self._platform.sign_in_link(), "ada")
        token = session.ask("/api/v1/tokens", {"name": "benchmark", "expiresIn": "P1D"})["token"]
        self._token_file.touch(mode=0o600)
        self._token_file.write_text(token)
        os.environ.update(
            BENCHTOP_URL=self.url, BENCHTOP_TOKEN_FILE=str(self._token_file), BENCHTOP_WORKSPACE="ws_benchmark"
        )
        return Rest(self.url, token)

    @property
    def url(self) -> str:
        return str(self._platform.url)

    def connect(self, name: str, kind: str, settings: dict[str, object], secret: str) -> None:
        self.rest.ask("/api/v1/connections", {"name": name, "kind": kind, "settings": settings, "secret": secret})

    def dataset(self, name: str, source: dict[str, object]) -> None:
        self.rest.ask("/api/v1/datasets", {"name": name, "source": source})

    def service_pid(self) -> int:
        """The JVM of the service, not what watches over it."""
        for pid in tree(self._platform.pids()["servicePid"]):
            if Path(f"/proc/{pid}/comm").read_text().strip() == "java":
                return int(pid)
        raise RuntimeError("The service has no JVM.")


class Memory:
    """The resident memory of a process, looked at each second while the block runs."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.megabytes: list[float] = []

    def _watch(self) -> None:
        while not self._over.wait(1):
            self.megabytes.append(resident_megabytes(self._pid))

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()


def heap_megabytes(pid: int) -> float:
    """What lives on the heap, after a collection."""
    for command in ("GC.run", "GC.heap_info"):
        said = subprocess.run(["jcmd", str(pid), command], capture_output=True, text=True, check=True).stdout
    used = [
        line.split("used ")[1].split("K")[0] for line in said.splitlines() if " used " in line and "space" not in line
    ]
    return sum(int(each) for each in used) / 1024


__all__ = ["Memory", "Product", "heap_megabytes", "wait_until"]
