"""From the order to the server, and the one sentence when there is none."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchtop_local.failure import EXIT_STATUS, StartFailed
from benchtop_local.records import now
from benchtop_pod.first_process import hold_signals, run_to_the_end, start, wait_until
from benchtop_pod.image import describe_image, read_image
from benchtop_pod.order import UNCLAIMED, claim_file, read_order, with_claim
from benchtop_pod.start_line import StartLine, compute_start_line
from benchtop_pod.storage import Storage, prepare_storage
from benchtop_pod.warm import Understudy

# Kubernetes shows what is in it as the reason why a container ended.
LAST_WORDS = Path("/dev/termination-log")


def main(tools: Path, arguments: list[str]) -> int:
    """Runs the server of this pod to its end; with ``--probe`` only tells what the image offers.

    Returns:
        its exit code; 77 when the home cannot be read, 78 when the image cannot run it.
    """
    try:
        if arguments == ["--probe"]:
            print(json.dumps(describe_image(read_image(os.environ))))
            return 0
        hold_signals()
        os.umask(0o077)
        claim = claim_file(os.environ)
        return _run(os.environ, tools, start) if claim is None else _run_when_claimed(claim, tools)
    except StartFailed as failure:
        return _give_up(failure)
    except OSError as error:
        return _give_up(StartFailed("ENVIRONMENT_BROKEN", f"The server cannot be started: {error}"))


def _run(environ: Mapping[str, str], tools: Path, begin: Callable[[StartLine], int]) -> int:
    order = read_order(environ)
    image = read_image(environ)
    storage = prepare_storage(order.home, order.slug, order.runtime / "rescue", image.python, tools / "demos", _say)
    line = compute_start_line(order, image, storage, tools)
    os.chdir(order.home)
    return run_to_the_end(line, begin)


def _run_when_claimed(claim: Path, tools: Path) -> int:
    begin = start
    if not claim.exists():
        unclaimed = with_claim(os.environ, UNCLAIMED)
        line = compute_start_line(read_order(unclaimed), read_image(unclaimed), Storage(None, None), tools)
        understudy = Understudy(line, tools)
        ended = wait_until(claim.exists, understudy.process)
        if ended is not None:
            return ended
        begin = understudy.take_over
    return _run(with_claim(os.environ, claim.read_text(encoding="utf-8")), tools, begin)


def _give_up(failure: StartFailed) -> int:
    _say(failure.sentence)
    with contextlib.suppress(OSError):
        LAST_WORDS.write_text(failure.sentence + "\n", encoding="utf-8")
    return EXIT_STATUS[failure.code]


def _say(sentence: str) -> None:
    print(f"[benchtop {now()}] {sentence}", file=sys.stderr, flush=True)
