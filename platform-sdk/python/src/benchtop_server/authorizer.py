"""What each role may do inside a server."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth import Authorizer


class RoleAuthorizer(Authorizer):
    """An owner may do everything, a viewer may read, nobody else may do anything.

    Extensions may forget to ask an authorizer, so this is no sandbox: the proxy lets only
    owners through, and this is the second door.
    """

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        role = getattr(handler, "benchtop_role", None)
        return role == "owner" or (role == "viewer" and action == "read")
