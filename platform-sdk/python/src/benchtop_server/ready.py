"""``GET /benchtop/ready``: that the server listens, and nothing else.

At a path that does not name the workspace, and for everybody: the cluster has to know what to ask
before it is known whose server this will be. The proxy leads nobody here.
"""

from __future__ import annotations

from jupyter_server.auth import decorator
from tornado import web

ADDRESS = "/benchtop/ready"
# Before jupyter_server 2.13 there was none, and none needed.
allow_unauthenticated = getattr(decorator, "allow_unauthenticated", lambda method: method)


class ReadyHandler(web.RequestHandler):
    """Answers 204. No handler of Jupyter's, as those set cookies and count as activity."""

    @allow_unauthenticated
    def get(self) -> None:
        self.set_status(204)
        self.finish()
