"""Which run of MLflow is going on here, if any."""

from __future__ import annotations

import sys


def active_run() -> str | None:
    """Id of the active run where MLflow has been imported; never imports it, never fails."""
    try:
        run = sys.modules["mlflow"].active_run()
        return None if run is None else str(run.info.run_id)
    except Exception:  # noqa: BLE001  - reading data goes on without tracking
        return None
