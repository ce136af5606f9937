"""MLflow's own client, writing as fast as it is answered: `mlflow_writer.py ADDRESS METRICS SECONDS`.

Prints how many calls were answered in how many seconds.
"""

from __future__ import annotations

import itertools
import sys
import time

from mlflow import MlflowClient
from mlflow.entities import Metric


def main() -> None:
    """One run, written to until the time is over."""
    address, metrics, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    client = MlflowClient(address)
    run = client.create_run("0").info.run_id

    def write(step: int) -> None:
        if metrics == 1:
            client.log_metric(run, "loss", step / 7, step=step)
        else:
            now = time.time_ns() // 1_000_000
            client.log_batch(run, [Metric(f"metric-{number}", step / 7, now, step) for number in range(metrics)])

    write(0)
    begun, count = time.monotonic(), 0
    for step in itertools.count(1):
        write(step)
        count += 1
        if time.monotonic() - begun > seconds:
            break
    print(count, time.monotonic() - begun)


if __name__ == "__main__":
    main()
