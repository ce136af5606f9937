"""``GET <base>/api/benchtop/activity``: what happens in this server right now.

Jupyter's own ``last_activity`` cannot tell work from an open tab: an idle tab refreshes it every
ten seconds, a silent busy cell or a job in a terminal does not. This tells the facts and leaves
the judgement to the service. Asking does not count as activity.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

from benchtop_server.processes import child_count


class ActivityHandler(APIHandler):
    """Answers ``{"kernels": [...], "terminals": [...]}``."""

    auth_resource = "kernels"
    _track_activity = False

    @web.authenticated
    @authorized
    def get(self) -> None:
        """Kernels: id, name, state, lastActivity, connections. Terminals: name, children."""
        self.finish(json.dumps({"kernels": self._kernels(), "terminals": self._terminals()}))

    def _kernels(self) -> list[dict[str, Any]]:
        manager = self.kernel_manager
        return [self._kernel(manager, kernel_id) for kernel_id in list(manager.list_kernel_ids())]

    def _kernel(self, manager: Any, kernel_id: str) -> dict[str, Any]:
        kernel = manager.get_kernel(kernel_id)
        return {
            "id": kernel_id,
            "name": kernel.kernel_name,
            "state": getattr(kernel, "execution_state", "unknown"),
            "lastActivity": _instant(getattr(kernel, "last_activity", None)),
            "connections": manager._kernel_connections.get(kernel_id, 0),
        }

    def _terminals(self) -> list[dict[str, Any]]:
        manager = self.settings.get("terminal_manager")
        terminals = getattr(manager, "terminals", {}) if manager else {}
        return [
            {
                "name": name,
                "lastActivity": _instant(getattr(terminal, "last_activity", None)),
                "children": child_count(terminal.ptyproc.pid),
            }
            for name, terminal in list(terminals.items())
        ]


def _instant(when: datetime | None) -> str | None:
    return when.isoformat().replace("+00:00", "Z") if when else None
