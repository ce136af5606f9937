"""`run data` and `run tracking`; see README.md."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from measure.processes import Missing, Processes

from comparison import data, tracking
from comparison.product import Product
from comparison.rounds import Results
from comparison.sources import HERE

TARGET = HERE / "target"
PARTS = ["parquet", "postgresql", "memory", "log-metric", "log-batch", "client"]


def options() -> argparse.Namespace:
    """What is asked for on the command line."""
    asked = argparse.ArgumentParser(
        prog="run", description="Benchtop beside what one would use without it; see README.md."
    )
    asked.add_argument("what", choices=["data", "tracking"])
    asked.add_argument("--rounds", type=int, default=5, help="of each side (5)")
    asked.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="a part or several (all)")
    asked.add_argument("--megabytes", type=int, default=500, help="of Parquet (500)")
    asked.add_argument("--rows", type=int, default=1_000_000, help="of the table in PostgreSQL (1,000,000)")
    asked.add_argument("--gigabytes", type=float, default=10, help="that are streamed while memory is looked at (10)")
    asked.add_argument(
        "--seconds", type=int, default=5, help="of a round of tracking, four times as many of batches (5)"
    )
    return asked.parse_args()


def main() -> None:
    """One run; whatever it started ends with it."""
    asked = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    logs = TARGET / "log"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    processes, results = Processes(logs), Results(asked.rounds)
    # PostgreSQL runs as another user, who may not see where this clone lies.
    folder = Path(tempfile.mkdtemp(prefix="benchtop-benchmark"))
    folder.chmod(0o755)
    now = f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d %H:%M} UTC"
    print(f"{now}, {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}", flush=True)
    try:
        with Product(TARGET / "data") as product:
            part = data if asked.what == "data" else tracking
            part.measure(product, processes, folder, asked, results)
        results.print_ratios()
    except Missing as missing:
        raise SystemExit(str(missing)) from None
    finally:
        processes.end_all()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
