"""Turns on JupyterLab's own hub entries, pointed at Benchtop's pages.

With these values in the page, JupyterLab shows File > Hub Control Panel and, when the server
went away, the dialog "Server unavailable ... restart?" whose button opens
``<hubPrefix>spawn/<user>/<slug>``: the start page of this workspace.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

PageConfigHook = Callable[[Any, dict[str, Any]], dict[str, Any]]


def hub_page_config(base_url: str, environment: Mapping[str, str] = os.environ) -> PageConfigHook:
    """Makes the hook that adds the hub's values to each page.

    Args:
        base_url: ``/user/<name>/<slug>/``.
        environment: where ``BENCHTOP_HUB_PREFIX`` is read; without it nothing is added.
    """
    prefix = environment.get("BENCHTOP_HUB_PREFIX", "")
    parts = base_url.strip("/").split("/")
    user, slug = parts[-2:] if len(parts) >= 2 else ("", "")

    def add_hub(handler: Any, page_config: dict[str, Any]) -> dict[str, Any]:
        if prefix and user and slug:
            page_config.update(hubPrefix=prefix, hubHost="", hubUser=user, hubServerUser=user, hubServerName=slug)
        return page_config

    return add_hub
