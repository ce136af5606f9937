"""Prepares the notebook environment of local mode: ``python3 prepare.py --data ~/.benchtop``.

Makes ``DATA/environments/<key>``: a virtual environment with JupyterLab and the kernels, pinned by
hash, and what of Benchtop goes beside it. The key covers everything the packages depend on, so an
environment is never changed under a running server; Benchtop's own small parts are swapped in it at
once. ``current.json`` names the one to use and is written last. Every step may be cut off at any
point and is taken up again by the next run; a run with nothing to do takes a fraction of a second.

Needs Python 3.11 or newer, a package index that pip reaches, and a JDK 17 or newer.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  - said before anything newer is imported
    sys.exit(
        "Python %d.%d was found; 3.11 or newer is needed. "
        "On Debian and Ubuntu: sudo apt install python3.11 python3.11-venv" % sys.version_info[:2]
    )

from preparing.command import main

sys.exit(main(sys.argv[1:]))
