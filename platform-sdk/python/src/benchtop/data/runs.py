"""Which run of MLflow is going on here, if any, and which datasets this process has read."""

from __future__ import annotations

import sys

_read: dict[str, int] = {}


def active_run() -> str | None:
    """Id of the active run where MLflow has been imported; never imports it, never fails."""
    try:
        run = sys.modules["mlflow"].active_run()
        return None if run is None else str(run.info.run_id)
    except Exception:  # noqa: BLE001  - reading data goes on without tracking
        return None


def note_read(dataset: str, version: int) -> None:
    """Remembers that a version was read here."""
    _read[dataset] = version


def read_here() -> dict[str, int]:
    """The version of each dataset that this process read last, by name."""
    return dict(_read)
