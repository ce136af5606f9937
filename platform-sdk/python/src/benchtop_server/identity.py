"""Reads the proxy's identity header: a JWT signed with HS256 by this server's own key.

Pure and standard library only, so that it runs in any image. Everything that is not exactly
what the proxy sends is refused: another algorithm, a missing claim, a number written as text,
a claim given twice, a lifetime longer than the proxy ever gives. The messages say what was
wrong and never repeat the token.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any, Literal

HEADER = "X-Benchtop-Identity"
ISSUER = "benchtop-proxy"
LONGEST_TOKEN = 4096
LONGEST_LIFETIME = 60
LEEWAY = 30
SHORTEST_KEY = 32

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")


class IdentityRefused(Exception):
    """The header does not prove who is asking."""


@dataclass(frozen=True)
class Identity:
    """The person behind one request.

    Attributes:
        user: the user's name.
        name: the name to show.
        role: ``owner`` may do everything in this server, ``viewer`` may only read.
        method: ``session`` (a browser) or ``api`` (a bearer token: no cookie, so no forgery).
    """

    user: str
    name: str
    role: Literal["owner", "viewer"]
    method: Literal["session", "api"]


def decode_key(text: str) -> bytes:
    """Decodes the key file's content.

    Args:
        text: base64url, with or without white space around it.

    Returns:
        the key, at least 32 bytes.

    Raises:
        ValueError: it is no base64url, or too short to be a key.
    """
    try:
        key = _decode(text.strip().rstrip("="))
    except IdentityRefused:
        raise ValueError("the identity key is not base64url") from None
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"the identity key has {len(key)} bytes; {SHORTEST_KEY} are needed")
    return key


def read_identity(token: str, key: bytes, audience: str, now: float) -> Identity:
    """Verifies one identity token.

    Args:
        token: the header's value.
        key: this server's key.
        audience: what ``aud`` must be: ``workspace:<id>``.
        now: seconds since 1970.

    Returns:
        who asks.

    Raises:
        IdentityRefused: on any doubt.
    """
    if len(token) > LONGEST_TOKEN:
        raise IdentityRefused("the token is too long")
    parts = token.split(".")
    if len(parts) != 3:
        raise IdentityRefused("the token does not have three parts")
    _check_signature(parts, key)
    claims = _json_object(parts[1])
    _check_time(claims, now)
    if claims.get("iss") != ISSUER:
        raise IdentityRefused("another issuer")
    if not audience or claims.get("aud") != audience:
        raise IdentityRefused("meant for another server")
    role, method = claims.get("role"), claims.get("amr")
    if role != "owner" and role != "viewer":
        raise IdentityRefused("no known role")
    if method != "session" and method != "api":
        raise IdentityRefused("no known way of signing in")
    return Identity(_text(claims, "sub"), _text(claims, "name"), role, method)


def _check_signature(parts: list[str], key: bytes) -> None:
    header = _json_object(parts[0])
    # The algorithm is ours to choose, not the token's: no "none", no key taken for another kind.
    if header.get("alg") != "HS256" or "crit" in header:
        raise IdentityRefused("not signed with HS256")
    signed = f"{parts[0]}.{parts[1]}".encode("ascii")
    expected = hmac.new(key, signed, hashlib.sha256).digest()
    if not hmac.compare_digest(expected, _decode(parts[2])):
        raise IdentityRefused("the signature is wrong")


def _check_time(claims: dict[str, Any], now: float) -> None:
    issued, expires = _seconds(claims, "iat"), _seconds(claims, "exp")
    if "nbf" in claims and _seconds(claims, "nbf") > now + LEEWAY:
        raise IdentityRefused("not valid yet")
    if issued > now + LEEWAY:
        raise IdentityRefused("issued in the future")
    if expires <= now - LEEWAY:
        raise IdentityRefused("expired")
    if not 0 < expires - issued <= LONGEST_LIFETIME:
        raise IdentityRefused("lives longer than the proxy allows")


def _seconds(claims: dict[str, Any], name: str) -> int:
    value = claims.get(name)
    if type(value) is not int:  # bool is an int to isinstance
        raise IdentityRefused(f"{name} is missing or no whole number")
    return value


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise IdentityRefused(f"{name} is missing")
    return value


def _json_object(part: str) -> dict[str, Any]:
    try:
        value = json.loads(_decode(part), object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError):
        raise IdentityRefused("not JSON") from None
    if not isinstance(value, dict):
        raise IdentityRefused("not a JSON object")
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a claim is given twice")
    return dict(pairs)


def _decode(part: str) -> bytes:
    if not _BASE64URL.fullmatch(part):
        raise IdentityRefused("not base64url")
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        raise IdentityRefused("not base64url") from None
