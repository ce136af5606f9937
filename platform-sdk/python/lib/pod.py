"""Runs a workspace's server as the first process of a pod; started by ``bin/server`` with ``-I``."""

import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  - said before anything newer is imported
    sys.stderr.write(
        "This image has Python %d.%d; a workspace needs 3.11 or newer. Choose another image for the profile.\n"
        % sys.version_info[:2]
    )
    sys.exit(78)

TOOLS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOOLS / "lib"))

from benchtop_pod.main import main

raise SystemExit(main(TOOLS, sys.argv[1:]))
