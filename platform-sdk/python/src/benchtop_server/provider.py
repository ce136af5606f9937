"""Jupyter's identity provider that trusts the proxy's signed header, and nothing else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from jupyter_server.auth import IdentityProvider, User
from traitlets import Unicode

from benchtop_server.identity import HEADER, Identity, IdentityRefused, decode_key, read_identity


class ProxyIdentityProvider(IdentityProvider):
    """Knows a person by the proxy's signature over who they are, on each request anew.

    There is no token, no password, no login page and no cookie of Jupyter's own: without the
    header nobody is signed in. A server without a usable key refuses to start. A request that
    came with a browser's session keeps Jupyter's XSRF and Origin checks; only one that came
    with a bearer token (``amr`` is ``api``) does without, as it carries no cookie to abuse.
    """

    key_file = Unicode("", config=True, help="File with this server's key, base64url.")
    audience = Unicode("", config=True, help="Whom the header must be meant for: workspace:<id>.")

    need_token = False
    token = ""
    _key: bytes | None = None

    @property
    def login_available(self) -> bool:
        return False

    @property
    def logout_available(self) -> bool:
        return False

    @property
    def auth_enabled(self) -> bool:
        return True

    def get_handlers(self) -> list[tuple[str, object]]:
        return []

    def validate_security(self, app: Any, ssl_options: Any = None) -> None:
        """Stops the start when nobody could ever be told from anybody else."""
        if not self.audience.startswith("workspace:"):
            raise ValueError("ProxyIdentityProvider.audience must be workspace:<id>")
        self._key = decode_key(Path(self.key_file).read_text(encoding="ascii"))

    def get_user(self, handler: Any) -> User | None:
        known = getattr(handler, "_jupyter_current_user", None)
        if known is not None:
            return known  # type: ignore[no-any-return]
        identity = self._identity(handler)
        if identity is None:
            return None
        handler.benchtop_role = identity.role
        handler._token_authenticated = identity.method == "api"
        return User(username=identity.user, name=identity.name, display_name=identity.name)

    def is_token_authenticated(self, handler: Any) -> bool:
        return bool(getattr(handler, "_token_authenticated", False))

    def _identity(self, handler: Any) -> Identity | None:
        given = handler.request.headers.get_list(HEADER)
        # Two headers: somebody tries to smuggle one past the proxy. Which one would be ours?
        if len(given) != 1 or self._key is None:
            return None
        try:
            return read_identity(given[0], self._key, self.audience, time.time())
        except IdentityRefused as refused:
            self.log.warning("refused an identity header: %s", refused)
            return None
