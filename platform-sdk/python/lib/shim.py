"""Starts and keeps one workspace's server: ``python -I shim.py DATA/servers/<workspaceId>``.

Run with ``-I`` nothing of the person's environment or folders can change what is imported here.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchtop_local.main import main

raise SystemExit(main(sys.argv))
