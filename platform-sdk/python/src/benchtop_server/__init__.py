"""What makes a stock Jupyter server a workspace's server behind Benchtop's proxy.

Loaded by ``--ServerApp.jpserver_extensions={'benchtop_server': True}`` from a folder on
``PYTHONPATH``: nothing is installed into the environment, so any image with
``jupyter_server >= 2`` can run it. It needs the standard library and jupyter_server only.

- identity: who a request is from, by the proxy's signed header and nothing else
- hub: File > Hub Control Panel and the "restart?" dialog of JupyterLab
- activity: what really happens in the server, for idle decisions
- ready: that the server listens, whosever it is
"""

from __future__ import annotations

import importlib
from typing import Any

_PLACES = {"ProxyIdentityProvider": "provider", "RoleAuthorizer": "authorizer"}


def __getattr__(name: str) -> Any:
    """Finds what Jupyter's settings name here; late, so that `identity` can be used without Jupyter."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_PLACES[name]}"), name)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "benchtop_server"}]


def _load_jupyter_server_extension(serverapp: Any) -> None:
    from jupyter_server.utils import url_path_join

    from benchtop_server.activity import ActivityHandler
    from benchtop_server.hub import hub_page_config
    from benchtop_server.ready import ADDRESS, ReadyHandler

    web_app = serverapp.web_app
    web_app.settings["page_config_hook"] = hub_page_config(serverapp.base_url)
    address = url_path_join(serverapp.base_url, "/api/benchtop/activity")
    web_app.add_handlers(".*$", [(address, ActivityHandler), (ADDRESS, ReadyHandler)])
