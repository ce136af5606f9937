"""The order to run a server: the environment that the spawner gives the pod."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchtop_local.failure import StartFailed


@dataclass(frozen=True)
class Order:
    """Whose server this is, and where its files are.

    Attributes:
        home: the person's files, mounted; the server's root folder.
        base_url: ``/user/<owner>/<slug>/``.
        key_file: this server's identity key, as the proxy has it too.
        secure: whether people reach the platform by https.
        runtime: folder of the pod for what needs not last.
    """

    home: Path
    user: str
    slug: str
    workspace: str
    base_url: str
    port: int
    key_file: Path
    secure: bool
    runtime: Path


# What a claim tells, and where a server that was ordered for somebody from the start has it.
_CLAIMED = {
    "user": ("BENCHTOP_USER", "USER", "LOGNAME"),
    "slug": ("BENCHTOP_SLUG",),
    "baseUrl": ("BENCHTOP_BASE_URL",),
}
CLAIM_FILE = "BENCHTOP_CLAIM_FILE"
# Nobody's, for what must be known before somebody comes.
UNCLAIMED = json.dumps({"user": "nobody", "slug": "none", "baseUrl": "/"})


def claim_file(environ: Mapping[str, str]) -> Path | None:
    """Where it will stand whose server this is; None if that was said already."""
    return _path(environ, CLAIM_FILE) if environ.get(CLAIM_FILE) else None


def with_claim(environ: Mapping[str, str], claim: str) -> dict[str, str]:
    """The order as it would have been, had it been known whose server this is.

    Raises:
        StartFailed: the claim is not what the spawner writes; what is missing in it is missing in the order.
    """
    try:
        told = json.loads(claim)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise _wrong(environ, CLAIM_FILE, "the name of a file with a JSON object")
    completed = {name: text for name, text in environ.items() if name != CLAIM_FILE}
    for key, names in _CLAIMED.items():
        completed.update({name: str(told[key]) for name in names if key in told})
    return completed


def read_order(environ: Mapping[str, str]) -> Order:
    """Reads and checks the order.

    Raises:
        StartFailed: something is missing or not what the spawner writes.
    """
    return Order(
        home=_path(environ, "HOME"),
        user=_text(environ, "BENCHTOP_USER"),
        slug=_name(environ, "BENCHTOP_SLUG"),
        workspace=_text(environ, "BENCHTOP_WORKSPACE"),
        base_url=_base_url(environ),
        port=_port(environ),
        key_file=_path(environ, "BENCHTOP_IDENTITY_KEY_FILE"),
        secure=_truth(environ, "BENCHTOP_SECURE"),
        runtime=_path(environ, "JUPYTER_RUNTIME_DIR"),
    )


def _text(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise StartFailed("ENVIRONMENT_BROKEN", f"{name} is not set. The platform sets it when it starts a server.")
    return value


def _path(environ: Mapping[str, str], name: str) -> Path:
    path = Path(_text(environ, name))
    if not path.is_absolute():
        raise _wrong(environ, name, "an absolute path")
    return path


def _name(environ: Mapping[str, str], name: str) -> str:
    text = _text(environ, name)
    if "/" in text or text.startswith("."):
        raise _wrong(environ, name, "the name of a folder")
    return text


def _base_url(environ: Mapping[str, str]) -> str:
    address = _text(environ, "BENCHTOP_BASE_URL")
    if not (address.startswith("/") and address.endswith("/")):
        raise _wrong(environ, "BENCHTOP_BASE_URL", "a path between slashes")
    return address


def _port(environ: Mapping[str, str]) -> int:
    text = _text(environ, "BENCHTOP_PORT")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise _wrong(environ, "BENCHTOP_PORT", "a port")
    return int(text)


def _truth(environ: Mapping[str, str], name: str) -> bool:
    text = _text(environ, name)
    if text not in ("true", "false"):
        raise _wrong(environ, name, "true or false")
    return text == "true"


def _wrong(environ: Mapping[str, str], name: str, wanted: str) -> StartFailed:
    return StartFailed("ENVIRONMENT_BROKEN", f"{name} must be {wanted}; it is {environ[name]!r}.")
