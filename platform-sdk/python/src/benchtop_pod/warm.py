"""A server that is ready to begin before it is known whose it will be."""

from __future__ import annotations

import json
import os
from pathlib import Path

from benchtop_pod.first_process import spawn, start
from benchtop_pod.start_line import StartLine

_MODULE = 4
# JupyterLab looks for its folders while it is being read.
_READ_EARLY = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")


class Understudy:
    """The server's interpreter, started early; ``understudy.py`` runs in it.

    Attributes:
        process: its pid, which the server will have.
    """

    def __init__(self, line: StartLine, tools: Path) -> None:
        """Starts it.

        Args:
            line: how nobody's server would be started in this image.
            tools: where Benchtop's own files are.
        """
        self._early = line
        program = tools / "lib" / "benchtop_pod" / "understudy.py"
        told, self._tell = os.pipe()
        try:
            argv = (*line.argv[: _MODULE - 1], str(program), line.argv[_MODULE])
            self.process = spawn(argv, line.env, (os.POSIX_SPAWN_DUP2, told, 0))
        finally:
            os.close(told)

    def take_over(self, line: StartLine) -> int:
        """Makes it the server, if it has read nothing that would be different now.

        Returns:
            the server's process.
        """
        if any(line.env.get(name) != self._early.env.get(name) for name in _READ_EARLY):
            os.close(self._tell)
            return start(line)
        order = {"arguments": line.argv[_MODULE + 1 :], "env": dict(line.env), "cwd": str(Path.cwd())}
        with os.fdopen(self._tell, "w", encoding="utf-8") as pipe:
            json.dump(order, pipe)
        return self.process
