"""Packages that are imported when they are needed, with a sentence where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchtop.errors import BenchtopError


def need(module: str, why: str, install: str = "") -> Any:
    """Imports a module of somebody else.

    Args:
        module: such as ``pyarrow.dataset``.
        why: what it is needed for, to end the sentence "pyarrow is needed to …".
        install: what pip installs; the module's package if empty.

    Raises:
        BenchtopError: ``package_missing``.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise BenchtopError(
            "package_missing",
            f"{package} is needed to {why} and cannot be imported here ({error}). "
            f"Install it: %pip install {install or package}",
        ) from None
