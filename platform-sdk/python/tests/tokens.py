"""Mints identity headers: right ones, and wrong ones of every kind."""

import base64
import hashlib
import hmac
import json
import time

KEY = bytes(range(32))


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(audience="workspace:ws_7kq2m4xw3abc", now=None, **changes):
    """Right claims; a change to ``...`` leaves the claim out."""
    now = int(time.time()) if now is None else now
    right = {
        "iss": "benchtop-proxy",
        "aud": audience,
        "sub": "alice",
        "name": "Alice Example",
        "role": "owner",
        "amr": "session",
        "iat": now,
        "exp": now + 60,
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not ...}


def mint(content=None, key=KEY, header=None, algorithm=hashlib.sha256):
    """A signed token; content and header may be raw text."""
    parts = [header or {"alg": "HS256", "typ": "JWT"}, content if content is not None else claims()]
    text = ".".join(encode((part if isinstance(part, str) else json.dumps(part)).encode()) for part in parts)
    return f"{text}.{encode(hmac.new(key, text.encode(), algorithm).digest())}"
